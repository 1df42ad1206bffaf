using NeuroTrails.Contracts;
using NeuroTrails.Running;
using NeuroTrails.Silo.Web;

namespace NeuroTrails.Tests.Web;

public sealed class RunRecordTests
{
    private readonly RunRecord _record = new(TimeProvider.System) { IsLive = true };

    [Fact]
    public void A_long_run_stays_a_bounded_number_of_points()
    {
        for (var step = 1; step <= 20_000; step++)
        {
            Apply(
                FakeFeed.Step(step, total: 20_000, loss: 1.0 / step),
                new RunMeasured(step, "validation", 0.5, 1, [0.5], 0.1),
                Topology(step),
                new CheckpointCommitted(step)
            );
        }

        var all = _record.Everything();
        var steps = all.OfType<WebSteps>().Single();
        Assert.InRange(steps.Points.Count, 500, 1200);
        Assert.Equal(32, steps.Width);
        Assert.True(steps.Points.Zip(steps.Points.Skip(1)).All(pair => pair.First[0] + 32 == pair.Second[0]));
        Assert.InRange(all.OfType<WebMeasured>().Single().Items.Count, 200, 600);
        Assert.InRange(all.OfType<WebChurns>().Single().Items.Count, 100, 400);
        Assert.InRange(all.OfType<WebEvents>().Single().Items.Count, 1, 200);
        Assert.Equal(20_000, all.OfType<WebNow>().Single().Step);
    }

    [Fact]
    public void A_point_is_the_mean_of_its_steps()
    {
        var series = new StepSeries(most: 4);
        foreach (var row in new double?[][] { [1, 1], [2, 3], [3, null], [4, 5], [5, 7], [6, 9] })
        {
            series.Add(row);
        }

        Assert.Equal(2, series.Width);
        Assert.Equal(
            [
                [2.0, 2.0],
                [4.0, 5.0],
                [6.0, 8.0],
            ],
            series.Points
        );
    }

    [Fact]
    public void What_a_run_takes_back_is_gone_from_the_curves_and_told()
    {
        Apply([.. Enumerable.Range(1, 50).Select(step => FakeFeed.Step(step))]);
        Apply(new RunMeasured(40, "validation", 0.5, 1, [0.5]), Topology(40));
        var news = Apply(FakeFeed.Step(31, generation: 2), FakeFeed.Step(32, generation: 2));
        Assert.Equal(30, news.OfType<WebRewound>().Single().Step);
        Assert.Equal([31, 32], news.OfType<WebSteps>().Single().Points.Select(point => point[0]!.Value));
        Assert.Contains(
            news.OfType<WebEvents>().SelectMany(events => events.Items),
            happened => happened is { Kind: "generation", Text: "generation 2 goes on from step 30" }
        );
        var all = _record.Everything();
        Assert.Equal(
            Enumerable.Range(1, 32).Select(step => (double?)step),
            all.OfType<WebSteps>().Single().Points.Select(point => point[0])
        );
        Assert.Empty(all.OfType<WebMeasured>().Single().Items);
        Assert.Empty(all.OfType<WebChurns>().Single().Items);
    }

    [Fact]
    public void What_is_told_twice_counts_once()
    {
        RunUpdate[] told =
        [
            .. Enumerable.Range(1, 10).Select(step => FakeFeed.Step(step)),
            new RunMeasured(10, "validation", 0.5, 1, [0.5]),
            Topology(10),
        ];
        Apply(told);
        Assert.DoesNotContain(Apply([FakeFeed.Started, .. told]), frame => frame is WebSteps or WebMeasured or WebMasks or WebRewound);
        Assert.Equal(10, _record.Everything().OfType<WebSteps>().Single().Points.Count);
    }

    [Fact]
    public void An_owner_that_moves_is_told_of_with_both_places()
    {
        _record.Apply(Batch() with { Layout = [new("backbone", "a", "Sa", "cpu"), new("head-0", "b", "Sb", "cpu")] });
        var news = _record.Apply(Batch() with { Layout = [new("backbone", "a", "Sa", "cpu"), new("head-0", "a", "Sa", "cpu")] });
        Assert.Equal("head-0 moved from b/cpu to a/cpu", news.OfType<WebEvents>().Single().Items.Single().Text);
        Assert.Empty(_record.Apply(Batch() with { Layout = [new("backbone", "a", "Sa", "cpu"), new("head-0", "a", "Sa", "cpu")] }));
    }

    [Fact]
    public void What_is_not_finite_is_absent()
    {
        Apply(
            FakeFeed.Step(1) with
            {
                LossPerHead = [double.NaN, double.PositiveInfinity, 1],
                Density = double.NaN,
            },
            new RunMeasured(1, "validation", double.NaN, 1, [double.NaN])
        );
        Assert.Equal([null, null, 1.0], _record.Everything().OfType<WebNow>().Single().Loss);
        Assert.Null(_record.Everything().OfType<WebMeasured>().Single().Items[0].Accuracy);
    }

    private static TopologyChanged Topology(long step) =>
        new(step, [new("head-0", "w", 100, 20, 2, 2, 5), new("head-1", "w", 100, 20, 2, 2, 5)], [new("w", 0.25, 0.2)]);

    private static FeedBatch Batch() => new(1, RunPhase.Running, []);

    private IReadOnlyList<WebFrame> Apply(params RunUpdate[] updates) => _record.Apply(new(1, RunPhase.Running, updates));
}
