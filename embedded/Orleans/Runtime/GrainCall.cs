using Orleans.Serialization.Invocation;

namespace Orleans.Runtime;

/// <summary>One call on its way: sent by a reference, waiting in a mailbox, running, answered.</summary>
#pragma warning disable CA1001 // The token source has no timer and no links, so that there is nothing to dispose.
internal sealed class GrainCall : Work, IInvokable
#pragma warning restore CA1001
{
    private readonly Silo _silo;
    private readonly GrainReference _target;
    private Guid _reentrancyId;
    private Dictionary<string, object>? _requestContext;
    private object?[] _arguments;
    private CancellationToken _callerToken;
    private CancellationTokenSource? _calleeToken;
    private CancellationTokenRegistration _registration;
    private Activation? _receiver;
    private long _deadline;

    public GrainCall(Silo silo, GrainMethod method, GrainReference target, GrainId source, object?[] arguments, Reply reply)
    {
        _silo = silo;
        _target = target;
        _arguments = arguments;
        Method = method;
        Source = source;
        Reply = reply;
        if (method.TokenIndex >= 0)
        {
            _callerToken = (CancellationToken)arguments[method.TokenIndex]!;
        }
    }

    public GrainMethod Method { get; }

    public GrainReference Target => _target;

    public GrainId Source { get; }

    public Reply Reply { get; set; }

    public bool IsCancellable => Method.TokenIndex >= 0;

    public override bool AlwaysInterleave => Method.AlwaysInterleave;

    public override bool ReadOnly => Method.ReadOnly;

    public override Guid ReentrancyId => _reentrancyId;

    public override bool IsAbandoned => !Method.OneWay && _silo.Messaging.DropExpiredMessages && Reply.IsCompleted;

    public TimeSpan Timeout => Method.ResponseTimeout ?? _silo.Messaging.ResponseTimeout;

    /// <summary>Copies the arguments and puts the call into its grain's mailbox.</summary>
    public void Send()
    {
        if (_callerToken.IsCancellationRequested)
        {
            Reply.TrySetCanceled(_callerToken);
            return;
        }

        // Now and not earlier: filters may have added to it.
        _requestContext = RequestContext.Current;
        _reentrancyId = RequestContext.ReentrancyIdOf(_requestContext);
        _arguments = Method.CopyArguments(_arguments);
        if (_callerToken.CanBeCanceled)
        {
            _calleeToken = new CancellationTokenSource();
            _arguments[Method.TokenIndex] = _calleeToken.Token;
        }

        if (Method.OneWay)
        {
            Reply.TrySetResult(null);
        }
        else
        {
            _deadline = _silo.Calls.DeadlineOf(Timeout);
            _silo.Calls.Add(this);
        }

        _silo.Deliver(_target.GrainId, this);

        // Only now, so that a cancellation always finds the activation whose turn it must be.
        if (_callerToken.CanBeCanceled && !Method.OneWay)
        {
            _registration = _callerToken.UnsafeRegister(static self => ((GrainCall)self!).OnCallerCancelled(), this);

            // Whoever comes second, this or the answer, disposes it: a token may outlive millions of calls.
            Interlocked.MemoryBarrier();
            if (Reply.IsCompleted)
            {
                _registration.Dispose();
            }
        }
    }

    public bool IsExpired(long now) => now >= _deadline;

    public void OnTimeout()
    {
        if (Reply.TrySetException(new TimeoutException($"Response did not arrive on time in {Timeout} for message: {this}.")))
        {
            _registration.Dispose();
            if (_silo.Messaging.CancelRequestOnTimeout)
            {
                CancelCallee();
            }
        }
    }

    public override void OnReceived(Activation activation) => _receiver = activation;

    public override async Task RunAsync(Activation activation)
    {
        RequestContext.Current = _requestContext;
        try
        {
            var result = await InvokeAsync(activation, activation.GrainInstance!);
            Complete(Method.CopyResult(result));
        }
#pragma warning disable CA1031 // Whatever the grain throws is the caller's to see.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            if (exception is Storage.InconsistentStateException { IsSourceActivation: true } inconsistent)
            {
                // What this activation believes about its state is wrong, so it must not live on.
                inconsistent.IsSourceActivation = false;
                activation.Deactivate(new(DeactivationReasonCode.ApplicationError, exception, exception.Message));
            }

            Reject(exception);
        }
    }

    /// <summary>Runs the call on an object that is no activation: an observer.</summary>
    public async Task RunOnAsync(object observer)
    {
        RequestContext.Current = _requestContext;
        try
        {
            Complete(Method.CopyResult(await Method.Shape.AwaitAsync(Method.Invoke(observer, _arguments))));
        }
#pragma warning disable CA1031 // Whatever the observer throws is the caller's to see.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Reject(exception);
        }
    }

    public override void Reject(Exception reason)
    {
        _silo.Calls.Remove(this);
        if (!Reply.TrySetException(reason) && Method.OneWay)
        {
            _silo.LogOneWayFailed(this, reason);
        }

        _registration.Dispose();
    }

    public object? GetTarget() => _receiver?.GrainInstance;

    public int GetArgumentCount() => _arguments.Length;

    public object? GetArgument(int index) => _arguments[index];

    public void SetArgument(int index, object value) => _arguments[index] = value;

    public string GetMethodName() => Method.Method.Name;

    public string GetInterfaceName() => _target.InterfaceName;

    public string GetActivityName() => $"{Method.Method.DeclaringType!.Name}/{Method.Method.Name}";

    public System.Reflection.MethodInfo GetMethod() => Method.Method;

    public Type GetInterfaceType() => Method.Method.DeclaringType!;

    public TimeSpan? GetDefaultResponseTimeout() => Method.ResponseTimeout;

    public CancellationToken GetCancellationToken()
        => Method.TokenIndex >= 0 ? (CancellationToken)_arguments[Method.TokenIndex]! : default;

    public override string ToString()
        => $"Request [{Source}]->[{_target.GrainId}] {Method.Method.DeclaringType!.Name}.{Method.Method.Name}";

    private async ValueTask<object?> InvokeAsync(Activation activation, object grain)
    {
        if (_silo.IncomingFilters.Length == 0 && grain is not IIncomingGrainCallFilter)
        {
            return await Method.Shape.AwaitAsync(Method.Invoke(grain, _arguments));
        }

        var context = new IncomingCallContext(
            this, activation, _silo.IncomingFilters, async () => await Method.Shape.AwaitAsync(Method.Invoke(grain, _arguments)));
        await context.Invoke();
        return context.Result;
    }

    private void Complete(object? result)
    {
        _silo.Calls.Remove(this);
        Reply.TrySetResult(result);
        _registration.Dispose();
    }

    private void OnCallerCancelled()
    {
        if (!_silo.Messaging.WaitForCancellationAcknowledgement)
        {
            _silo.Calls.Remove(this);
            Reply.TrySetCanceled(_callerToken);
        }

        CancelCallee();
    }

    private void CancelCallee()
    {
        if (_calleeToken is null)
        {
            return;
        }

        if (_receiver is not { } receiver)
        {
            _calleeToken.Cancel();
        }
        else if (receiver.TryWithdraw(this))
        {
            _silo.Calls.Remove(this);
            Reply.TrySetCanceled(_callerToken);
        }
        else
        {
            // The callee's callbacks are part of its own turns.
            receiver.Post(static source => ((CancellationTokenSource)source!).Cancel(), _calleeToken);
        }
    }
}
