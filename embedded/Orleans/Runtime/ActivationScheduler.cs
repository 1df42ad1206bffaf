namespace Orleans.Runtime;

/// <summary>
/// Runs an activation's tasks one after the other on the thread pool. Awaits inside a grain come back here,
/// because the awaiter remembers the scheduler of the task that it runs in.
/// </summary>
internal sealed class ActivationScheduler(Activation activation) : TaskScheduler, IThreadPoolWorkItem
{
    // After so long another activation gets the thread; the same order of magnitude as the package's quantum.
    private const long QuantumMilliseconds = 25;

    private readonly Lock _gate = new();
    private readonly Queue<Task> _queue = new();
    private bool _scheduled;

    public override int MaximumConcurrencyLevel => 1;

    void IThreadPoolWorkItem.Execute()
    {
        var previous = RuntimeContext.CurrentActivation;
        RuntimeContext.CurrentActivation = activation;
        try
        {
            var started = Environment.TickCount64;
            while (TryDequeue(out var task))
            {
                TryExecuteTask(task);
                if (Environment.TickCount64 - started >= QuantumMilliseconds)
                {
                    Reschedule();
                    return;
                }
            }
        }
        finally
        {
            RuntimeContext.CurrentActivation = previous;
        }
    }

    protected override void QueueTask(Task task)
    {
        lock (_gate)
        {
            _queue.Enqueue(task);
            if (_scheduled)
            {
                return;
            }

            _scheduled = true;
        }

        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued)
        => !taskWasPreviouslyQueued && ReferenceEquals(RuntimeContext.CurrentActivation, activation) && TryExecuteTask(task);

    protected override IEnumerable<Task> GetScheduledTasks()
    {
        lock (_gate)
        {
            return [.. _queue];
        }
    }

    private bool TryDequeue([System.Diagnostics.CodeAnalysis.MaybeNullWhen(false)] out Task task)
    {
        lock (_gate)
        {
            if (_queue.TryDequeue(out task))
            {
                return true;
            }

            _scheduled = false;
            return false;
        }
    }

    private void Reschedule()
    {
        lock (_gate)
        {
            if (_queue.Count == 0)
            {
                _scheduled = false;
                return;
            }
        }

        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }
}
