using System.Collections.Concurrent;
using System.Reflection;

namespace Orleans.Runtime;

/// <summary>Makes references, and turns their methods into calls.</summary>
internal sealed class ReferenceRuntime(Silo silo, IEnumerable<IOutgoingGrainCallFilter> filters)
{
    private static readonly GrainId ClientId = GrainId.Create("sys.client", "hosted");
    private readonly ConcurrentDictionary<Type, GrainReference> _prototypes = new();
    private readonly IOutgoingGrainCallFilter[] _filters = [.. filters];

    public object CreateReference(Type interfaceType, GrainId grainId)
    {
        // Making a proxy goes through reflection; copying one that was made costs nothing to speak of.
        return _prototypes.GetOrAdd(interfaceType, CreatePrototype).For(grainId);
    }

    public GrainReference CreateUntyped(GrainId grainId)
    {
        var reference = new GrainReference();
        reference.Bind(this, grainId, default);
        return reference;
    }

    public object? Call(GrainReference reference, MethodInfo interfaceMethod, object?[] arguments)
    {
        var method = GrainMethod.Of(interfaceMethod);
        if (method.Enumeration is { } enumeration)
        {
            return enumeration.Open(silo, reference, method, arguments);
        }

        var sender = RuntimeContext.CurrentActivation;
        var reply = method.Shape.CreateReply();
        var call = new GrainCall(silo, method, reference, sender?.GrainId ?? ClientId, arguments, reply);
        if (_filters.Length == 0)
        {
            Send(call);
        }
        else
        {
            _ = SendFilteredAsync(call, sender);
        }

        return reply.Returned;
    }

    private GrainReference CreatePrototype(Type interfaceType)
    {
        if (!interfaceType.IsInterface || !typeof(IAddressable).IsAssignableFrom(interfaceType))
        {
            throw new ArgumentException($"{interfaceType} is not a grain interface.", nameof(interfaceType));
        }

        var prototype = (GrainReference)DispatchProxy.Create(interfaceType, typeof(GrainReference));
        prototype.Bind(this, default, GrainMethod.NameOf(interfaceType));
        return prototype;
    }

    private static void Send(GrainCall call)
    {
        try
        {
            call.Send();
        }
#pragma warning disable CA1031 // A call that cannot be sent fails like a call that failed.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            call.Reject(exception);
        }
    }

    private async Task SendFilteredAsync(GrainCall call, Activation? sender)
    {
        var outer = call.Reply;
        try
        {
            var context = new OutgoingCallContext(call, sender, _filters, () =>
            {
                call.Reply = call.Method.Shape.CreateReply();
                Send(call);
                return call.Reply.Outcome;
            });
            await context.Invoke();
            outer.TrySetResult(context.Result);
        }
#pragma warning disable CA1031 // Whatever a filter throws is the caller's to see.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            outer.TrySetException(exception);
        }
    }
}
