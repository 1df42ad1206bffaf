using System.Globalization;
using NeuroTrails.Client.Cli;
using NeuroTrails.Running;

namespace NeuroTrails.Client.Display;

/// <summary>What a finished run prints at its end.</summary>
internal static class SummaryText
{
    /// <summary>Prints the table and the run's other figures.</summary>
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
            ? $"{Humanly.Large(active)} active of {Humanly.Large(all)} weights, "
            : string.Empty;
        yield return $"density {Humanly.Fine(summary.Density)}: {weights}{Humanly.Large(summary.ActiveParameters)} parameters with norms "
            + $"and biases, {Humanly.Large(summary.InferenceFlops)}FLOP a prediction";
        yield return $"topology: {Humanly.Count(summary.TopologyUpdates, "update")}, {Humanly.Count(summary.Dropped)} dropped, "
            + $"{Humanly.Count(summary.Grown)} grown";
        yield return $"{Humanly.Count(summary.Steps, "step")} in {Humanly.Span(TimeSpan.FromSeconds(summary.TrainSeconds))}";
        yield return $"runtime: {summary.Runtime}";
    }
}
