namespace Orleans.Runtime;

/// <summary>The caller's side of a call: what the method returned to it, and how it is completed.</summary>
internal abstract class Reply
{
    /// <summary>What the caller holds: a task, a value task, or nothing.</summary>
    public abstract object? Returned { get; }

    /// <summary>The same outcome for filters, with the result as an object.</summary>
    public abstract Task<object?> Outcome { get; }

    public abstract bool IsCompleted { get; }

    public abstract bool TrySetResult(object? result);

    public abstract bool TrySetException(Exception exception);

    public abstract bool TrySetCanceled(CancellationToken cancellationToken);
}

/// <inheritdoc/>
internal sealed class Reply<T>(Func<Task<T>, object?> asReturned) : Reply
{
    // Continuations of callers must not run within the callee's turn.
    private readonly TaskCompletionSource<T> _source = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public override object? Returned => asReturned(_source.Task);

    public override Task<object?> Outcome => AsObject(_source.Task);

    public override bool IsCompleted => _source.Task.IsCompleted;

    public override bool TrySetResult(object? result) => _source.TrySetResult((T)result!);

    public override bool TrySetException(Exception exception) => _source.TrySetException(exception);

    public override bool TrySetCanceled(CancellationToken cancellationToken) => _source.TrySetCanceled(cancellationToken);

    private static async Task<object?> AsObject(Task<T> task) => await task;
}
