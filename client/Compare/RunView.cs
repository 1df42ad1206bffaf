using NeuroTrails.Running;

namespace NeuroTrails.Client.Compare;

/// <summary>A run of a comparison as it stands at this moment.</summary>
/// <param name="Run">The run.</param>
/// <param name="StepCost">What one of its steps costs, in any unit.</param>
internal sealed record RunView(ComparedRun Run, double StepCost)
{
    /// <summary>Whether its process runs.</summary>
    public bool IsRunning { get; init; }

    /// <summary>Steps done.</summary>
    public long Step { get; init; }

    /// <summary>Seconds of a step; null where none is known.</summary>
    public double? SecondsPerStep { get; init; }

    /// <summary>Accuracy of a finished run, 0 to 1, on the split of its results.</summary>
    public double? Accuracy { get; init; }

    /// <summary>Whether steps of it are to come.</summary>
    public bool IsLeft => Run.State == ComparedState.Waiting;
}

/// <summary>How long a comparison still takes.</summary>
internal static class RunViewTime
{
    /// <summary>An estimate; null before any step was taken.</summary>
    /// <param name="views">All runs.</param>
    /// <param name="slots">How many run at once, at least 1.</param>
    /// <param name="overhead">Seconds that a run takes besides its steps.</param>
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
