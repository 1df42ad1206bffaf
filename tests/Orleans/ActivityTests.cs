using System.Collections.Concurrent;
using System.Diagnostics;

namespace NeuroTrails.Tests.Orleans;

public sealed class ActivityTests
{
    [Fact]
    public async Task Calls_of_a_chain_are_one_trace()
    {
        using var own = new ActivitySource("test.activities");
        var ended = new ConcurrentQueue<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name is "test.activities" or "Microsoft.Orleans.Application",
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = ended.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        await using var host = await GrainHost.StartAsync(silo => silo.AddActivityPropagation());
        ActivityTraceId trace;
        using (var activity = own.StartActivity("test")!)
        {
            trace = activity.TraceId;
            await host.Grains.GetGrain<IContextGrain>("traced").ColorBeyond("traced further");
        }

        var chain = ended.Where(a => a.TraceId == trace).ToArray();
        Assert.Equal(
            ["IContextGrain/Color", "IContextGrain/Color", "IContextGrain/ColorBeyond", "IContextGrain/ColorBeyond", "test"],
            chain.Select(a => a.DisplayName));
        Assert.Equal(
            [ActivityKind.Server, ActivityKind.Client, ActivityKind.Server, ActivityKind.Client, ActivityKind.Internal],
            chain.Select(a => a.Kind));
        for (var i = 0; i < chain.Length - 1; i++)
        {
            Assert.Equal(chain[i + 1].SpanId, chain[i].ParentSpanId);
        }
    }
}
