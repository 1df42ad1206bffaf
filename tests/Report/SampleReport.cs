using NeuroTrails.Client.Report;
using NeuroTrails.Configuration;
using NeuroTrails.Running;

namespace NeuroTrails.Tests.Report;

/// <summary>Runs whose figures a test gives.</summary>
internal static class SampleReport
{
    public static ReportRun Run(string method, long seed, double accuracy, string? name = null, RunEvidence? evidence = null)
    {
        var options = new RunOptionsReader().AddPreset("quickstart").AddAssignment($"ensemble.method={method}").Read();
        return new()
        {
            Name = name ?? $"{method}-{seed}",
            Options = options with { Seed = seed },
            Evidence = evidence ?? Evidence(accuracy),
            History = RunHistory.None,
            Cost = new() { ActiveParameters = method.Length * 1000, InferenceFlops = seed * 1e6 },
        };
    }

    public static RunEvidence Evidence(double accuracy)
    {
        var correct = Enumerable.Range(0, 200).Select(i => i < 200 * accuracy).ToList();
        return new()
        {
            Split = "test",
            Step = 10,
            Figures = EnsembleFigures.Of(
                new(
                    200,
                    new Dictionary<string, double> { ["accuracy"] = accuracy, ["nll"] = 1 - accuracy },
                    new Dictionary<string, IReadOnlyList<double>> { ["accuracy"] = [accuracy] },
                    null
                )
            ),
            Correct = correct,
            Confidence = [.. correct.Select((_, i) => 0.5 + (i / 400.0))],
            NegativeLogLikelihood = [.. correct.Select(right => right ? 0.1 : 2)],
        };
    }

    public static ReportData Of(IReadOnlyList<ReportRun> runs, double confidence = 0.95, string? reference = null) =>
        ReportData.Of(runs, new(confidence, reference, "./neurotrails report", null, DateTimeOffset.UnixEpoch), []);
}
