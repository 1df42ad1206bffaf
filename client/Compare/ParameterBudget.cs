using System.Globalization;
using NeuroTrails.Client.Display;
using NeuroTrails.Configuration;

namespace NeuroTrails.Client.Compare;

/// <summary>Gives a network the width at which it has as many active parameters as another.</summary>
internal static class ParameterBudget
{
    /// <summary>The share by which parameters may differ without a remark.</summary>
    public const double Tolerance = 0.02;

    private const int Guesses = 8;
    private const int Steps = 1000;
    private const int MostUnits = 65_536;

    /// <summary>Searches the width by bisection.</summary>
    /// <param name="plan">Plans a run of so wide a network.</param>
    /// <param name="begin">The run with its own width.</param>
    /// <param name="target">Active parameters.</param>
    /// <returns>The run whose parameters come nearest, and what was tried on the way.</returns>
    /// <exception cref="UserErrorException">The network has no width.</exception>
    public static (Candidate Best, IReadOnlyList<string> Tried) Fit(Func<string, Candidate> plan, Candidate begin, long target)
    {
        var (width, least, most) = WidthOf(begin.Plan.Options.Model);
        var (best, lines) = (begin, new List<string> { Text(begin) });
        var tried = new Dictionary<string, Candidate>(StringComparer.Ordinal);

        // Below, there are too few parameters; from above on, there are enough, or no wider network.
        var (below, above, at) = (least - 1, most + 1, Steps);
        var last = begin;
        for (var round = 1; last.Parameters != target && below + 1 < above; round++)
        {
            // Parameters grow about as the width's square; halves end what that does not.
            var guess = round <= Guesses ? at * Math.Sqrt((double)target / last.Parameters) : below + ((above - (double)below) / 2);
            at = (int)Math.Clamp(Math.Round(guess), below + 1, above - 1);
            if (!tried.TryGetValue(width(at), out var candidate))
            {
                tried[width(at)] = candidate = plan(width(at));
                lines.Add(Text(candidate));
            }

            last = candidate;
            best = Math.Abs(last.Parameters - target) < Math.Abs(best.Parameters - target) ? last : best;
            (below, above) = last.Parameters < target ? (at, above) : (below, at);
        }

        return (best, lines);
    }

    /// <summary>A network in a few letters: its width and its active parameters.</summary>
    private static string Text(Candidate candidate)
    {
        var model = candidate.Plan.Options.Model;
        var name = model.Name == "mlp" ? $"mlp [{string.Join(",", model.Hidden)}]" : model.Name;
        return $"{name} {Readable.Count(candidate.Parameters)}";
    }

    // The width in thousandths of the network's own, or, for a WideResNet, of the widening in hundredths; as an assignment.
    private static (Func<int, string> Width, int Least, int Most) WidthOf(ModelOptions model)
    {
        if (model.Name == "mlp")
        {
            var widest = model.Hidden.Max();
            return (
                at => $"model.hidden=[{string.Join(",", model.Hidden.Select(units => Math.Max(1, (int)((long)units * at / Steps))))}]",
                1,
                (int)Math.Min(int.MaxValue / 2, (long)MostUnits * Steps / widest)
            );
        }

        if (model.Name.Split('-') is ["wrn", var depth, var widening])
        {
            var own = decimal.Parse(widening, CultureInfo.InvariantCulture);
            return (
                at =>
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"model.name=wrn-{depth}-{Math.Clamp(Math.Round(own * at / Steps, 2), 0.1m, 1000m):0.##}"
                    ),
                (int)Math.Ceiling(0.1m * Steps / own),
                (int)Math.Min(int.MaxValue / 2, 1000m * Steps / own)
            );
        }

        throw new UserErrorException(
            $"--budget {CompareArguments.Parameters} searches a width, and {model.Name} has none; allowed: wrn-D-K and mlp. Change "
                + "model.name or --budget."
        );
    }
}
