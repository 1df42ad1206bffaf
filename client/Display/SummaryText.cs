using System.Globalization;
using NeuroTrails.Client.Cli;
using NeuroTrails.Running;

namespace NeuroTrails.Client.Display;

/// <summary>What a finished run prints at its end.</summary>
internal static class SummaryText
{
    public static void Print(ClientHost host, RunSummary summary)
    {
        FiguresTable.Print(host, summary);
        foreach (var line in Lines(summary))
        {
            host.Output.WriteLine(line);
        }
    }

    private static IEnumerable<string> Lines(RunSummary summary)
    {
        yield return string.Create(
            CultureInfo.InvariantCulture,
            $"{summary.Split} split, last weights, prediction by mean {summary.Prediction}"
        );
        var weights = summary is { ActiveWeights: { } active, Weights: { } all }
            ? $"{Readable.Large(active)} active of {Readable.Large(all)} weights, "
            : string.Empty;
        yield return $"density {Readable.Fine(summary.Density)}: {weights}{Readable.Large(summary.ActiveParameters)} parameters with norms "
            + $"and biases, {Readable.Large(summary.InferenceFlops)}FLOP a prediction";
        yield return $"topology: {Readable.Count(summary.TopologyUpdates, "update")}, {Readable.Count(summary.Dropped)} dropped, "
            + $"{Readable.Count(summary.Grown)} grown";
        var energy = summary.CpuJoules is { } joules
            ? $", {Readable.Count((long)Math.Round(joules))} J of the processor packages"
            : string.Empty;
        yield return $"{Readable.Count(summary.Steps, "step")} in {Readable.Span(TimeSpan.FromSeconds(summary.TrainSeconds))}{energy}";
        yield return $"runtime: {summary.Runtime}";
    }
}
