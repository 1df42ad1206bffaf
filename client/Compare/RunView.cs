using NeuroTrails.Running;

namespace NeuroTrails.Client.Compare;

/// <summary>A run of a comparison as it stands at this moment.</summary>
internal sealed record RunView(ComparedRun Run, double StepCost)
{
    public bool IsRunning { get; init; }

    public long Step { get; init; }

    public double? SecondsPerStep { get; init; }

    public double? Accuracy { get; init; }

    public bool IsLeft => Run.State == ComparedState.Waiting;
}

/// <summary>How long a comparison still takes.</summary>
internal static class RunViewTime
{
    // Null before any step was taken; the overhead is what a run takes besides its steps.
    public static TimeSpan? Left(IReadOnlyList<RunView> views, int slots, double overhead)
    {
        var known = views.Where(view => view.SecondsPerStep is > 0).ToList();
        if (known.Count == 0)
        {
            return null;
        }

        // A method that has not begun is taken to compute as fast as the others do.
        var speed = known.Average(view => view.SecondsPerStep!.Value / view.StepCost);
        var methods = known.ToLookup(view => view.Run.Method);
        var left = views.Where(view => view.IsLeft).Select(Seconds).ToList();
        return left.Count == 0 ? TimeSpan.Zero : TimeSpan.FromSeconds(Math.Max(left.Max(), left.Sum() / Math.Min(slots, left.Count)));

        double Seconds(RunView view)
        {
            var same = methods[view.Run.Method].ToList();
            var step =
                view.SecondsPerStep
                ?? (
                    same.Count > 0
                        ? same.Average(other => other.SecondsPerStep!.Value * view.StepCost / other.StepCost)
                        : speed * view.StepCost
                );
            return ((view.Run.Steps - view.Step) * step) + (view.IsRunning ? overhead / 2 : overhead);
        }
    }
}
