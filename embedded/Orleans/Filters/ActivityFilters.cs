using System.Diagnostics;
using Orleans.Diagnostics;

namespace Orleans.Runtime;

/// <summary>An activity around every call that leaves; its identity travels in the request context.</summary>
internal sealed class OutgoingActivityFilter(DistributedContextPropagator propagator) : IOutgoingGrainCallFilter
{
    public Task Invoke(IOutgoingGrainCallContext context)
    {
        var activity = ActivitySources.Application.StartActivity(context.Request.GetActivityName(), ActivityKind.Client);
        if (activity is null)
        {
            return context.Invoke();
        }

        propagator.Inject(activity, null, static (_, key, value) => RequestContext.Set(key, value));
        return CallActivity.RunAsync(context, activity);
    }
}

/// <summary>An activity around every call that arrives, child of its caller's.</summary>
internal sealed class IncomingActivityFilter(DistributedContextPropagator propagator) : IIncomingGrainCallFilter
{
    public Task Invoke(IIncomingGrainCallContext context)
    {
        propagator.ExtractTraceIdAndState(null, GetValue, out var parent, out var state);
        ActivityContext.TryParse(parent, state, isRemote: true, out var parentContext);
        var activity = ActivitySources.Application.StartActivity(
            context.Request.GetActivityName(), ActivityKind.Server, parentContext);
        return activity is null ? context.Invoke() : CallActivity.RunAsync(context, activity);
    }

    private static void GetValue(object? carrier, string name, out string? value, out IEnumerable<string>? values)
    {
        values = null;
        value = RequestContext.Get(name) as string;
    }
}

/// <summary>What both sides say about a call.</summary>
internal static class CallActivity
{
    public static async Task RunAsync(IGrainCallContext context, Activity activity)
    {
        activity.SetTag("rpc.system", "orleans");
        activity.SetTag("rpc.service", context.InterfaceName);
        activity.SetTag("rpc.method", $"{context.InterfaceName}/{context.MethodName}");
        activity.SetTag("rpc.orleans.target_id", context.TargetId.ToString());
        activity.SetTag("rpc.orleans.source_id", context.SourceId?.ToString());
        try
        {
            await context.Invoke();
        }
        catch (Exception exception)
        {
            activity.SetStatus(ActivityStatusCode.Error, exception.Message);
            throw;
        }
        finally
        {
            activity.Dispose();
        }
    }
}
