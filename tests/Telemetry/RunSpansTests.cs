using System.Diagnostics;
using NeuroTrails.Telemetry;

namespace NeuroTrails.Tests.Telemetry;

/// <summary>How the spans of a run nest.</summary>
[Collection(nameof(TelemetryCollection))]
public sealed class RunSpansTests
{
    [Fact]
    public void AStepHoldsItsHeads()
    {
        var spans = Listen(() =>
        {
            using var step = RunSpans.Step("abc", 3, 17);
            using (RunSpans.Head(0, 17)) { }

            using (RunSpans.Head(1, 17)) { }
        });
        Assert.Equal(["head", "head", "step"], spans.Select(span => span.OperationName));
        Assert.Equal([0, 1], spans.Where(span => span.OperationName == "head").Select(span => span.GetTagItem("head")));
        Assert.All(spans[..2], span => Assert.Equal(spans[2].SpanId, span.ParentSpanId));
        Assert.Equal(17L, spans[2].GetTagItem("neurotrails.step"));
        Assert.Equal("abc", spans[2].GetTagItem("neurotrails.run"));
        Assert.Equal(3L, spans[2].GetTagItem("neurotrails.generation"));
    }

    [Fact]
    public void AHeadElsewhereIsChildOfTheStepThatItIsGiven()
    {
        ActivityContext parent = default;
        var spans = Listen(() =>
        {
            using (var step = RunSpans.Step("abc", 1, 1))
            {
                parent = step!.Context;
            }

            using var head = RunSpans.Head(0, 1, parent);
        });
        Assert.Equal(parent.SpanId, spans.Single(span => span.OperationName == "head").ParentSpanId);
    }

    [Fact]
    public void AStepIsNoPartOfTheCallThatStartedTheRun()
    {
        using var call = new Activity("submit").Start();
        var spans = Listen(() =>
        {
            using var step = RunSpans.Step("abc", 1, 1);
            using var topology = RunSpans.Topology(1);
        });
        Assert.Equal(default, spans[1].ParentSpanId);
        Assert.NotEqual(call.TraceId, spans[1].TraceId);
        Assert.Equal(spans[1].SpanId, spans[0].ParentSpanId);
    }

    [Fact]
    public void TheRestOfARunHasSpansToo()
    {
        var spans = Listen(() =>
        {
            RunSpans.Topology(5)?.Dispose();
            RunSpans.Checkpoint(25)?.Dispose();
            RunSpans.Evaluate("test", 30)?.Dispose();
        });
        Assert.Equal(["topology", "checkpoint", "evaluate"], spans.Select(span => span.OperationName));
        Assert.Equal([5L, 25L, 30L], spans.Select(span => span.GetTagItem("neurotrails.step")));
        Assert.Equal("test", spans[2].GetTagItem("split"));
        Assert.All(spans, span => Assert.Equal(TelemetryNames.Version, span.Source.Version));
    }

    private static List<Activity> Listen(Action act)
    {
        var spans = new List<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == TelemetryNames.Source,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = spans.Add,
        };
        ActivitySource.AddActivityListener(listener);
        act();
        return spans;
    }
}
