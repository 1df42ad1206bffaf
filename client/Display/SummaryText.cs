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
        FiguresTable.Print(host, Figures.Of(summary));
        foreach (var line in Lines(summary))
        {
            host.Output.WriteLine(line);
        }
    }

    private static IEnumerable<string> Lines(RunSummary summary)
    {
        yield return string.Create(CultureInfo.InvariantCulture, $"test split, last weights, prediction by mean {summary.Prediction}");
        yield return $"density {Humanly.Fine(summary.Density)}: {Humanly.Large(summary.ActiveParameters)} active of {Humanly.Large(summary.DenseParameters)} parameters, {Humanly.Large(summary.InferenceFlops)}FLOP a prediction";
        yield return $"topology: {Humanly.Count(summary.TopologyUpdates)} updates, {Humanly.Count(summary.Dropped)} dropped, {Humanly.Count(summary.Grown)} grown";
        yield return $"{Humanly.Count(summary.Steps)} steps in {Humanly.Span(TimeSpan.FromSeconds(summary.TrainSeconds))}";
        yield return $"runtime: {summary.Runtime}";
    }
}
