using System.Collections.Concurrent;
using System.Diagnostics;
using NeuroTrails.Configuration;
using NeuroTrails.Running;
using NeuroTrails.Telemetry;
using NeuroTrails.Tests.Checkpoints;

namespace NeuroTrails.Tests.Cluster;

/// <summary>A step is one trace, wherever its heads live.</summary>
[Collection(nameof(Alone))]
public sealed class TracingTests
{
    private const int Steps = 4;

    [Fact]
    public async Task A_steps_span_holds_the_spans_of_its_heads_on_whichever_silo()
    {
        using var folder = new TemporaryFolder();
        var ended = new ConcurrentDictionary<ActivitySpanId, Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source =>
                source.Name == TelemetryNames.Source || source.Name.StartsWith("Microsoft.Orleans", StringComparison.Ordinal),
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = span => ended[span.SpanId] = span,
        };
        ActivitySource.AddActivityListener(listener);
        await using var cluster = new TestCluster(folder.File("runs"));
        await cluster.StartAsync("a", "b");
        await TestCluster.Engine.TrainAsync(
            cluster.Address,
            new(
                "r",
                RunOptionsWriter.ToYaml(SmallRun.Options(Steps, checkpointEvery: 100)),
                false,
                ["backbone=a", "head0=a", "head1=b", "head2=b"],
                true
            ),
            new Progress<RunUpdate>(),
            TestContext.Current.CancellationToken
        );

        var spans = ended.Values.Where(span => span.Source.Name == TelemetryNames.Source).ToLookup(span => span.OperationName);
        Assert.Equal(Enumerable.Range(1, Steps).Select(step => (object?)(long)step), spans["step"].Select(Step).Order());
        Assert.Equal(Steps, spans["step"].Select(span => span.TraceId).Distinct().Count());
        foreach (var step in spans["step"])
        {
            var heads = spans["head"].Where(head => Equals(Step(head), Step(step))).ToList();
            Assert.Equal([0, 1, 2], heads.Select(head => (int)head.GetTagItem(TelemetryNames.HeadTag)!).Order());
            Assert.All(
                heads,
                head =>
                {
                    Assert.Equal(step.TraceId, head.TraceId);
                    Assert.Contains(step, Above(head, ended));
                    Assert.True(head.StartTimeUtc >= step.StartTimeUtc);
                }
            );

            // The calls between the grains are in between, at least one to the backbone and one to the head.
            Assert.All(
                heads,
                head =>
                    Assert.InRange(
                        Above(head, ended)
                            .TakeWhile(span => span != step)
                            .Count(span => span.Source.Name == "Microsoft.Orleans.Application"),
                        2,
                        4
                    )
            );
        }
    }

    private static object? Step(Activity span) => span.GetTagItem(TelemetryNames.StepTag);

    private static IEnumerable<Activity> Above(Activity span, ConcurrentDictionary<ActivitySpanId, Activity> all)
    {
        while (all.TryGetValue(span.ParentSpanId, out var parent))
        {
            yield return span = parent;
        }
    }
}
