using NeuroTrails.Client.Compare;
using NeuroTrails.Running;

namespace NeuroTrails.Tests.Compare;

public sealed class RunViewTests
{
    [Fact]
    public void Nothing_is_known_before_a_step_was_taken() => Assert.Null(RunViewTime.Left([View("a", 10, ComparedState.Waiting)], 2, 5));

    [Fact]
    public void What_is_left_is_shared_by_those_that_run_at_once()
    {
        // a: 100 steps of 0.5 s are left; b costs twice as much a step: 100 steps of 1 s, and what a run takes besides.
        RunView[] views =
        [
            View("a", 200, ComparedState.Waiting) with
            {
                IsRunning = true,
                Step = 100,
                SecondsPerStep = 0.5,
            },
            View("b", 100, ComparedState.Waiting, cost: 2),
            View("b", 100, ComparedState.Failed, cost: 2),
            View("a", 200, ComparedState.Finished) with
            {
                Step = 200,
                SecondsPerStep = 0.5,
            },
        ];
        Assert.Equal(52 + 104, RunViewTime.Left(views, 1, 4)!.Value.TotalSeconds, 1e-6);
        Assert.Equal(104, RunViewTime.Left(views, 2, 4)!.Value.TotalSeconds, 1e-6);
        Assert.Equal(104, RunViewTime.Left(views, 8, 4)!.Value.TotalSeconds, 1e-6);
        Assert.Equal(TimeSpan.Zero, RunViewTime.Left(views[2..], 8, 4));
    }

    [Fact]
    public void The_table_counts_the_runs_of_each_method()
    {
        RunView[] views =
        [
            View("a", 10, ComparedState.Finished) with
            {
                Step = 10,
                Accuracy = 0.5,
            },
            View("a", 10, ComparedState.Finished) with
            {
                Step = 10,
                Accuracy = 0.75,
            },
            View("long", 10, ComparedState.Waiting) with
            {
                IsRunning = true,
                Step = 3,
            },
            View("long", 10, ComparedState.Waiting),
            View("long", 10, ComparedState.Failed),
        ];
        Assert.Equal(
            [
                "method  done  running  left  failed  steps  accuracy",
                "a          2        0     0       0  20/20    0.6250",
                "long       0        1     1       1   3/30         –",
            ],
            ComparisonDisplay.Rows(views)
        );
    }

    private static RunView View(string method, long steps, ComparedState state, double cost = 1) =>
        new(
            new()
            {
                Method = method,
                Seed = 1,
                Role = ComparedRole.Final,
                Folder = method,
                Settings = [],
                Command = string.Empty,
                Steps = steps,
                State = state,
            },
            cost
        );
}
