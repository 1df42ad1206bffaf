using System.Runtime.ExceptionServices;

namespace NeuroTrails.Data;

/// <summary>
/// Prepares batches ahead on a thread of its own. The consumer names the step it wants; steps in order come from the queue, any other step
/// (after a rollback, say) starts the queue anew from there. A fault while loading surfaces at the <see cref="Take"/> of its step.
/// </summary>
/// <remarks>One consumer at a time; disposing waits for the thread to end.</remarks>
public sealed class BatchPrefetcher : IDisposable
{
    // A plain monitor: the loader waits for room and the consumer for a batch on the same lock.
    private readonly object gate = new();
    private readonly Func<long, HostBatch?, HostBatch> load;
    private readonly int ahead;
    private readonly long end;
    private readonly Queue<HostBatch> ready = [];
    private readonly Stack<HostBatch> spare = [];
    private readonly Thread? thread;
    private long wanted;
    private long loading;
    private int era;
    private ExceptionDispatchInfo? fault;
    private bool stopped;

    /// <summary>Starts loading at once.</summary>
    /// <param name="load">Loads a step, into the second argument where that fits; called from the loading thread.</param>
    /// <param name="ahead">Batches kept ready, 0 to load in <see cref="Take"/> without a thread.</param>
    /// <param name="firstStep">Step that will be taken first.</param>
    /// <param name="end">None at or above it is loaded ahead.</param>
    public BatchPrefetcher(Func<long, HostBatch?, HostBatch> load, int ahead, long firstStep = 1, long end = long.MaxValue)
    {
        ArgumentNullException.ThrowIfNull(load);
        ArgumentOutOfRangeException.ThrowIfNegative(ahead);
        this.load = load;
        this.ahead = ahead;
        this.end = end;
        wanted = loading = firstStep;
        if (ahead > 0)
        {
            thread = new Thread(Work) { IsBackground = true, Name = "NeuroTrails batches" };
            thread.Start();
        }
    }

    /// <summary>The batch of a step; waits until it is loaded.</summary>
    /// <param name="step">From 1.</param>
    /// <returns>The batch, the consumer's until handed back by <see cref="Return"/>.</returns>
    public HostBatch Take(long step)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(step, 1);
        lock (gate)
        {
            ObjectDisposedException.ThrowIf(stopped, this);
            if (thread is null || step >= end)
            {
                return load(step, Spare());
            }

            if (step != wanted)
            {
                Restart(step);
            }

            while (ready.Count == 0 && fault is null && !stopped)
            {
                Monitor.Wait(gate);
            }

            ObjectDisposedException.ThrowIf(stopped, this);
            if (ready.Count == 0)
            {
                var thrown = fault!;
                Restart(step);
                thrown.Throw();
            }

            wanted = step + 1;
            Monitor.PulseAll(gate);
            return ready.Dequeue();
        }
    }

    /// <summary>Hands a batch back when its contents have been copied; its arrays are used again.</summary>
    /// <param name="batch">A batch from <see cref="Take"/>.</param>
    public void Return(HostBatch batch)
    {
        lock (gate)
        {
            if (spare.Count <= ahead)
            {
                spare.Push(batch);
            }
        }
    }

    /// <summary>Ends the thread and waits for it.</summary>
    public void Dispose()
    {
        lock (gate)
        {
            stopped = true;
            Monitor.PulseAll(gate);
        }

        thread?.Join();
    }

    private void Work()
    {
        while (true)
        {
            int begun;
            long step;
            HostBatch? reuse;
            lock (gate)
            {
                while (!stopped && (ready.Count >= ahead || fault is not null || loading >= end))
                {
                    Monitor.Wait(gate);
                }

                if (stopped)
                {
                    return;
                }

                (begun, step, reuse) = (era, loading++, Spare());
            }

            HostBatch? batch = null;
            ExceptionDispatchInfo? thrown = null;
            try
            {
                batch = load(step, reuse);
            }
#pragma warning disable CA1031 // Whatever went wrong belongs to the consumer, not to this thread, where it would end the process.
            catch (Exception error)
#pragma warning restore CA1031
            {
                thrown = ExceptionDispatchInfo.Capture(error);
            }

            Deliver(begun, batch, thrown);
        }
    }

    private void Deliver(int begun, HostBatch? batch, ExceptionDispatchInfo? thrown)
    {
        lock (gate)
        {
            if (begun == era)
            {
                fault = thrown;
                if (batch is not null)
                {
                    ready.Enqueue(batch);
                }
            }

            Monitor.PulseAll(gate);
        }
    }

    // A new era: whatever is loading belongs to the old one and is dropped when it arrives.
    private void Restart(long step)
    {
        era++;
        fault = null;
        ready.Clear();
        wanted = loading = step;
        Monitor.PulseAll(gate);
    }

    private HostBatch? Spare() => spare.TryPop(out var batch) ? batch : null;
}
