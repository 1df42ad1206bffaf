using System.Globalization;
using NeuroTrails.Running;

namespace NeuroTrails.Client.Display;

/// <summary>One line of text for each thing that happens in a run.</summary>
internal static class RunLines
{
    /// <summary>What is about to be trained.</summary>
    public static string Of(RunStarted started)
    {
        var from = started.StartStep == 0
            ? $"{Humanly.Count(started.TotalSteps)} steps"
            : $"going on at step {Humanly.Count(started.StartStep)} of {Humanly.Count(started.TotalSteps)}";
        return $"{started.Model} on {started.DataSet}, {started.Heads} {(started.Heads == 1 ? "head" : "heads")}, density {Humanly.Share(started.Density)} "
            + $"({Humanly.Large(started.ActiveParameters)} of {Humanly.Large(started.DenseParameters)} parameters), {started.Device}: {from}";
    }

    /// <summary>Where the run stands.</summary>
    public static string Of(StepProgress step)
    {
        var parts = new List<string>
        {
            string.Create(CultureInfo.InvariantCulture, $"step {step.Step}/{step.TotalSteps}"),
            string.Create(CultureInfo.InvariantCulture, $"epoch {step.Epoch:0.00}"),
            $"loss {Humanly.Shares(step.LossPerHead)}",
        };
        if (step.Accuracy is { } accuracy)
        {
            parts.Add($"accuracy {Humanly.Share(accuracy)}");
        }

        parts.Add($"density {Humanly.Share(step.Density)}");
        parts.Add(Topology(step));
        parts.Add(Speed(step));
        return string.Join("  ", parts);
    }

    /// <summary>How the topology has changed so far.</summary>
    public static string Topology(StepProgress step) =>
        $"{Humanly.Count(step.TopologyUpdates)} updates (-{Humanly.Count(step.Dropped)} +{Humanly.Count(step.Grown)})";

    /// <summary>Speed and time left.</summary>
    public static string Speed(StepProgress step)
    {
        var speed = step.StepsPerSecond.ToString(step.StepsPerSecond < 10 ? "0.00" : "0.0", CultureInfo.InvariantCulture) + " steps/s";
        return step.Remaining is { } remaining ? $"{speed}  {Humanly.Span(remaining)} left" : speed;
    }

    /// <summary>How far a measurement has come.</summary>
    public static string Of(MeasureProgress progress) =>
        $"measuring {progress.Split}: {Humanly.Count(progress.Done)} of {Humanly.Count(progress.Total)} samples, {Humanly.Span(progress.Remaining)} left";

    /// <summary>A measurement while training.</summary>
    public static string Of(RunMeasured measured) =>
        $"{measured.Split} at step {Humanly.Count(measured.Step)}: accuracy {Humanly.Fine(measured.Accuracy)} (heads {Humanly.Shares(measured.HeadAccuracy)}), NLL {Humanly.Fine(measured.NegativeLogLikelihood)}";
}
