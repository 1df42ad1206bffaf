using System.Globalization;
using System.Text.RegularExpressions;

namespace NeuroTrails.Configuration;

/// <summary>What must hold between settings, beyond the bounds of each.</summary>
internal static partial class RunOptionsRules
{
    // Receives a fault: the setting to change, what is wrong, a value that would do.
    public delegate void Complain(string path, string message, string? example);

    public static void Check(RunOptions options, Complain complain)
    {
        var topology = options.Topology;
        var training = options.Training;

        if (!Device().IsMatch(options.Device))
        {
            complain(
                "device",
                $"`{options.Device}` is no device; allowed is auto, cpu, cuda, cuda:N or a list such as cuda:0,cuda:1",
                "auto"
            );
        }
        else if (options.Device.Split(',') is var devices && devices.Distinct().Count() != devices.Length)
        {
            complain("device", $"`{options.Device}` names a device twice", string.Join(',', devices.Distinct()));
        }

        if (training.Milestones.Zip(training.Milestones.Skip(1)).Any(pair => pair.First >= pair.Second))
        {
            complain(
                "training.milestones",
                $"[{Text(training.Milestones)}] must ascend",
                $"[{Text(training.Milestones.Distinct().Order(), ",")}]"
            );
        }

        if (training is { MicroBatches: > 0, Batch: > 0 } && training.Batch % training.MicroBatches != 0)
        {
            complain(
                "training.micro_batches",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{training.MicroBatches} does not divide training.batch, {training.Batch}; allowed is {Text(Divisors(training.Batch))}"
                ),
                Divisors(training.Batch).Last(divisor => divisor < training.MicroBatches).ToString(CultureInfo.InvariantCulture)
            );
        }

        if (topology.PruneRateEnd > topology.PruneRate)
        {
            complain(
                "topology.prune_rate_end",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{topology.PruneRateEnd} is more than topology.prune_rate, {topology.PruneRate}; the rate can only fall"
                ),
                topology.PruneRate.ToString(CultureInfo.InvariantCulture)
            );
        }

        if (training.Nesterov && training.Optimizer == OptimizerKind.Sgd && training.Momentum == 0)
        {
            complain("training.nesterov", "Nesterov's form needs a training.momentum above 0", "false");
        }

        if (training.Schedule == LearningRateScheduleKind.OneCycle && training.Warmup == 0)
        {
            complain("training.warmup", "0 leaves the one-cycle schedule without its rise; allowed is a number above 0, below 1", "0.3");
        }

        if (string.IsNullOrWhiteSpace(options.Model.Name))
        {
            complain("model.name", "a network's name is missing", "wrn-10-2");
        }
    }

    // By pairs, up to the root: a batch that is out of bounds is told of in the same breath, and must not take a second to be divided.
    private static IEnumerable<double> Divisors(int number) =>
        Enumerable
            .Range(1, (int)Math.Sqrt(number))
            .Where(divisor => number % divisor == 0)
            .SelectMany(divisor => new[] { divisor, number / divisor })
            .Distinct()
            .Order()
            .Select(divisor => (double)divisor);

    private static string Text(IEnumerable<double> values, string separator = ", ") =>
        string.Join(separator, values.Select(value => value.ToString(CultureInfo.InvariantCulture)));

    [GeneratedRegex(@"\A(?:auto|cpu|cuda|cuda:[0-9]{1,3}(?:,cuda:[0-9]{1,3})*)\z", RegexOptions.CultureInvariant)]
    private static partial Regex Device();
}
