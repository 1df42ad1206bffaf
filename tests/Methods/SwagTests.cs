using NeuroTrails.Execution;
using NeuroTrails.Methods;
using NeuroTrails.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace NeuroTrails.Tests.Methods;

/// <summary>SWAG against moments, samples and norms computed by hand.</summary>
public sealed class SwagTests
{
    [Fact]
    public Task Swag_has_the_moments_of_its_weights_and_norms_of_its_samples() =>
        Train(
            "swag",
            (plan, trainer) =>
            {
                // 31 steps: 23 by the schedule, 6 collected, 2 that estimate norms; four deviations of which the last are kept.
                var tensors = trainer[new(0)];
                var seen = new List<Dictionary<string, double[]>>();
                for (var step = 1L; step <= 29; step++)
                {
                    Assert.Equal(plan.ScheduledRate(Math.Min(step, 23), 31), plan.LearningRate(step), 1e-15);
                    trainer.Step(step);
                    if (step > 23)
                    {
                        Assert.True(plan.Method.KeepsAt(plan, step));
                        seen.Add(
                            tensors.Parameters.ToDictionary(
                                parameter => parameter.Spec.Name,
                                parameter => parameter.Value.to_type(ScalarType.Float64).flatten().data<double>().ToArray()
                            )
                        );
                        if (step < 29)
                        {
                            trainer.Keep(step);
                        }
                    }
                }

                Swag.Collect(tensors, 4);
                foreach (var parameter in tensors.Parameters)
                {
                    var name = parameter.Spec.Name;
                    var (mean, square) = (Values(tensors.Kept["mean"].Values[name]), Values(tensors.Kept["square"].Values[name]));
                    for (var i = 0; i < mean.Length; i++)
                    {
                        Assert.Equal(seen.Average(weights => weights[name][i]), mean[i], 1e-6);
                        Assert.Equal(seen.Average(weights => weights[name][i] * weights[name][i]), square[i], 1e-6);

                        // Collected as the third and so on: 5 and 6 have taken the places of 1 and 2.
                        foreach (var (place, number) in new[] { (0, 5), (1, 6), (2, 3), (3, 4) })
                        {
                            var until = seen.Take(number).Average(weights => weights[name][i]);
                            Assert.Equal(
                                seen[number - 1][name][i] - until,
                                tensors.Kept[$"deviation-{place}"].Values[name].flatten()[i].ToDouble(),
                                1e-6
                            );
                        }
                    }
                }

                // Mean and spread of many samples: half the diagonal's variance, and half that of the deviations.
                var first = tensors.Parameters[0].Spec.Name;
                var samples = Enumerable
                    .Range(0, 600)
                    .Select(_ =>
                    {
                        using var sample = Swag.Sample(tensors);
                        return Values(sample.Values[first])[0];
                    })
                    .ToList();
                var center = seen.Average(weights => weights[first][0]);
                var variance = Math.Max(seen.Average(weights => Math.Pow(weights[first][0], 2)) - (center * center), 0);
                var spread =
                    (variance / 2)
                    + (
                        Enumerable.Range(0, 4).Sum(place => Math.Pow(Values(tensors.Kept[$"deviation-{place}"].Values[first])[0], 2))
                        / (2 * 3)
                    );
                Assert.Equal(center, samples.Average(), 5 * Math.Sqrt(spread / 600));
                Assert.Equal(1, samples.Average(sample => Math.Pow(sample - center, 2)) / spread, 0.3);
            }
        );

    [Fact]
    public Task Norms_of_SWAGs_samples_are_the_mean_over_the_batches_of_its_last_steps() =>
        Train(
            "swag",
            (plan, trainer) =>
            {
                var tensors = trainer[new(0)];
                for (var step = 1L; step <= 31; step++)
                {
                    var before = step > 29 ? Words(tensors.Parameters.Select(parameter => parameter.Value)) : null;
                    trainer.Step(step);
                    if (plan.Method.KeepsAt(plan, step))
                    {
                        trainer.Keep(step);
                    }

                    if (before is not null)
                    {
                        // These steps train nothing.
                        Assert.Equal(before, Words(tensors.Parameters.Select(parameter => parameter.Value)));
                    }
                }

                var data = MethodOptions.Data();
                var norm = tensors.Buffers.First(buffer => buffer.Spec.Name.EndsWith("running_mean", StringComparison.Ordinal)).Spec.Name;
                var member = tensors.Kept["member-0"];
                var means = new List<double[]>();
                using var noGrad = no_grad();
                foreach (var step in new[] { 30, 31 })
                {
                    // The first norm's input is the stem's output.
                    var (images, _) = BatchTensors.ToDevice(data.Training(step), CPU, plan.Arithmetic, channelsLast: true);
                    var stem = nn.functional.conv2d(images, member.Values["stem.weight"], null, [1, 1], [1, 1], [1, 1], 1);
                    means.Add(Values(stem.mean([0, 2, 3])));
                }

                var found = Values(member.Values[norm]);
                for (var channel = 0; channel < found.Length; channel++)
                {
                    Assert.Equal((means[0][channel] + means[1][channel]) / 2, found[channel], 1e-5);
                }
            }
        );

    private static async Task Train(string method, Action<RunPlan, MonolithicTrainer> check)
    {
        using var executor = new OwnerExecutor("test", 1);
        await executor.Run(() =>
        {
            using var scope = NewDisposeScope();
            var plan = MethodOptions.Plan(MethodOptions.Of(method));
            using var trainer = new MonolithicTrainer(plan, MethodOptions.Data(), CPU);
            check(plan, trainer);
        });
    }

    private static double[] Values(Tensor tensor) =>
        tensor.detach().to_type(ScalarType.Float64).contiguous().flatten().data<double>().ToArray();

    private static string Words(IEnumerable<Tensor> tensors) =>
        string.Join(
            ' ',
            tensors.Select(tensor => Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(tensor.detach().contiguous().bytes)))
        );
}
