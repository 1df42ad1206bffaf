using System.Reflection;
using Orleans.Serialization.Invocation;

namespace Orleans.Runtime;

/// <summary>Walks a call through its filters, then makes it.</summary>
internal abstract class CallContext(GrainCall call, int filterCount, Func<Task<object?>> make) : IGrainCallContext
{
    private int _next;

    public IInvokable Request => call;

    public abstract object Grain { get; }

    public GrainId? SourceId => call.Source;

    public GrainId TargetId => call.Target.GrainId;

    public GrainInterfaceType InterfaceType => call.Target.InterfaceType;

    public string InterfaceName => call.Target.InterfaceName;

    public string MethodName => call.Method.Method.Name;

    public MethodInfo InterfaceMethod => call.Method.Method;

    public object? Result { get; set; }

    public async Task Invoke()
    {
        var index = _next++;
        if (index < filterCount)
        {
            await InvokeFilter(index);
        }
        else
        {
            Result = await make();
        }
    }

    protected abstract Task InvokeFilter(int index);
}

/// <inheritdoc/>
internal sealed class OutgoingCallContext(
    GrainCall call,
    Activation? sender,
    IOutgoingGrainCallFilter[] filters,
    Func<Task<object?>> make)
    : CallContext(call, filters.Length, make), IOutgoingGrainCallContext
{
    private readonly GrainReference _target = call.Target;

    public override object Grain => _target;

    public IGrainContext? SourceContext => sender;

    protected override Task InvokeFilter(int index) => filters[index].Invoke(this);
}

/// <inheritdoc/>
internal sealed class IncomingCallContext(
    GrainCall call,
    Activation activation,
    IIncomingGrainCallFilter[] filters,
    Func<Task<object?>> make)
    : CallContext(call, filters.Length + (activation.GrainInstance is IIncomingGrainCallFilter ? 1 : 0), make),
        IIncomingGrainCallContext
{
    public override object Grain => activation.GrainInstance!;

    public IGrainContext TargetContext => activation;

    public MethodInfo ImplementationMethod => activation.Class.ImplementationOf(InterfaceMethod);

    protected override Task InvokeFilter(int index)
        => (index < filters.Length ? filters[index] : (IIncomingGrainCallFilter)Grain).Invoke(this);
}
