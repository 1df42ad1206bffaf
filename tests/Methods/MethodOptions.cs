using NeuroTrails.Configuration;
using NeuroTrails.Methods;
using NeuroTrails.Tests.Engine;
using NeuroTrails.Training;

namespace NeuroTrails.Tests.Methods;

/// <summary>Small runs of every method, for the checks that all must pass.</summary>
internal static class MethodOptions
{
    public const int Steps = 31;
    public const int Batch = 8;

    /// <summary>Every method.</summary>
    public static TheoryData<string> Names => [.. EnsembleMethods.All.Select(method => method.Name)];

    /// <summary>Options that fit a method.</summary>
    public static RunOptions Of(string method, string model = "wrn-10-1", int members = 3, Action<RunOptionsReader>? change = null)
    {
        var reader = new RunOptionsReader();
        foreach (
            var assignment in new[]
            {
                "seed=7",
                "device=cpu",
                $"model.name={model}",
                "model.hidden=[24,16,12]",
                "model.dropout=0.2",
                "ensemble.blocks_in_head=2",
                "ensemble.candidates=3",
                "ensemble.rank=4",
                "ensemble.packed_width=1.5",
                "topology.density=0.3",
                "topology.every=4",
                $"training.steps={Steps}",
                $"training.batch={Batch}",
                "training.learning_rate=0.05",
                "training.schedule=cosine",
                "checkpoint.every_steps=5",
                "checkpoint.keep=20",
                "evaluation.batch=16",
                "execution.backbone_threads=1",
                "execution.head_threads=1",
                "execution.parallel_heads=2",
            }
                .Append($"ensemble.method={method}")
                .Where(assignment => !EnsembleMethods.Of(method).Fixed.ContainsKey(assignment.Split('=')[0]))
        )
        {
            reader.AddAssignment(assignment);
        }

        reader.AddAssignment($"ensemble.members={members}").AddAssignment($"ensemble.passes={members}");
        if (!EnsembleMethods.Of(method).Fixed.ContainsKey("ensemble.heads"))
        {
            reader.AddAssignment($"ensemble.heads={members}");
        }

        change?.Invoke(reader);
        return reader.Read();
    }

    /// <summary>Noise of five steps an epoch, with a validation and a test split.</summary>
    public static NoiseData Data() => new(Batch, 8, 5) { Samples = 5 * Batch, Validation = 24 };

    /// <summary>A plan for <see cref="Data"/>.</summary>
    public static RunPlan Plan(RunOptions options) => new(options, Data().Shape with { ValidationSamples = 24 }, new());
}
