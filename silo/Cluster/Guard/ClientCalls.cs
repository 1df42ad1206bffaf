using System.Reflection;
using Microsoft.Extensions.Logging;
using NeuroTrails.Contracts;
using Orleans.Serialization.Invocation;

namespace NeuroTrails.Silo.Cluster.Guard;

/// <summary>Refuses what clients may not call: everything but methods with <see cref="ForClientsAttribute"/>, and the few of Orleans' own
/// that a client connects and cancels by.</summary>
/// <remarks>Who calls is known by the sender's id, which <see cref="ClientFrames"/> has checked where the call came in.</remarks>
internal sealed class ClientCalls(ILogger<ClientCalls> logger, TimeProvider time) : IIncomingGrainCallFilter
{
    private readonly RefusalLog _refusals = new(logger, time);

    public Task Invoke(IIncomingGrainCallContext context)
    {
        if (context.SourceId is not { } source || !IsClient(source) || MayCall(source, context.TargetId, context.Request))
        {
            return context.Invoke();
        }

        var call = $"{context.InterfaceName}.{context.MethodName}";
        _refusals.Refused(source.ToString(), $"it called {call} of {context.TargetId}, which only silos may");
        throw new CallRefusedException($"{call} is for silos only; a client may not call it.");
    }

    // Whether an id is that of a client outside the silos: those have one each as well, for calls that no grain makes.
    public static bool IsClient(GrainId id) => id.IsClient() && !id.Key.AsSpan().StartsWith("hosted-"u8);

    internal static bool MayCall(GrainId source, GrainId target, IInvokable request)
    {
        var method = request.GetMethod();
        if (target.IsSystemTarget())
        {
            return IsManifest(target);
        }

        return method.GetCustomAttribute<ForClientsAttribute>() is not null
            || method.DeclaringType?.FullName switch
            {
                // A stream of answers is a call like others, wrapped; what it wraps decides.
                "Orleans.Runtime.IAsyncEnumerableGrainExtension" => method.Name switch
                {
                    "StartEnumeration" => request.GetArgument(1) is IInvokable inner
                        && inner.GetMethod().GetCustomAttribute<ForClientsAttribute>() is not null,
                    "MoveNext" or "DisposeAsync" => true,
                    _ => false,
                },

                // Gives up a call: one's own.
                "Orleans.Runtime.IGrainCallCancellationExtension" => request.GetArgument(0) is GrainId sender && sender == source,
                _ => false,
            };
    }

    // Whether a system target is the one that tells clients which grains there are; without it nobody could connect.
    public static bool IsManifest(GrainId target) => target.Type.AsSpan().SequenceEqual("sys.svc.manifest"u8);
}
