using System.Globalization;
using NeuroTrails.Running;

namespace NeuroTrails.Client.Display;

/// <summary>One line of text for each thing that happens in a run, or its parts where a line may be folded.</summary>
internal static class RunLines
{
    public static string Of(RunStarted started)
    {
        var from =
            started.StartStep == 0
                ? Readable.Count(started.TotalSteps, "step")
                : $"going on after step {Readable.Count(started.StartStep)} of {Readable.Count(started.TotalSteps)}";
        return $"{started.Model} on {started.DataSet}, {Readable.Count(started.Heads, "head")}, density {Readable.Share(started.Density)} "
            + $"({Readable.Large(started.ActiveWeights)} of {Readable.Large(started.Weights)} weights), {started.Device}: {from}";
    }

    public static string Of(StepProgress step)
    {
        string[] parts =
        [
            $"step {Readable.Count(step.Step)}/{Readable.Count(step.TotalSteps)}",
            Epoch(step),
            $"loss {Readable.Heads(step.LossPerHead)}",
            .. step.Accuracy is { } accuracy ? new[] { $"accuracy {Readable.Share(accuracy)}" } : [],
            $"density {Readable.Share(step.Density)}",
            Topology(step),
            .. Speed(step),
        ];
        return string.Join("  ", parts);
    }

    public static string Epoch(StepProgress step) => string.Create(CultureInfo.InvariantCulture, $"epoch {step.Epoch:0.00}");

    public static string Topology(StepProgress step) =>
        $"{Readable.Count(step.TopologyUpdates, "update")} (-{Readable.Count(step.Dropped)} +{Readable.Count(step.Grown)})";

    public static IEnumerable<string> Speed(StepProgress step)
    {
        yield return step.StepsPerSecond.ToString(step.StepsPerSecond < 10 ? "0.00" : "#,0.0", CultureInfo.InvariantCulture) + " steps/s";
        if (step.Remaining is { } remaining)
        {
            yield return $"{Readable.Span(remaining)} left";
        }
    }

    public static string Of(MeasureProgress progress) =>
        $"measuring {progress.Split}: {Readable.Count(progress.Done)} of {Readable.Count(progress.Total, "sample")}, "
        + $"{Readable.Span(progress.Remaining)} left";

    public static string Line(RunMeasured measured)
    {
        var parts = Of(measured);
        return $"{parts[0]} {parts[1]}, {parts[2]}";
    }

    public static IReadOnlyList<string> Of(RunMeasured measured) =>
        [
            $"{measured.Split} {Readable.At(measured.Step)}: accuracy {Readable.Fine(measured.Accuracy)}",
            $"({Readable.Plural(measured.Member)} {Readable.Heads(measured.HeadAccuracy, measured.Member)})",
            $"NLL {Readable.Fine(measured.NegativeLogLikelihood)}",
        ];
}
