using System.Collections.Concurrent;
using TorchSharp;

namespace NeuroTrails.Execution;

/// <summary>
/// The one thread on which an owner's tensor work runs. Dispose scopes and <c>no_grad</c> are per thread, and so is the number of
/// intra-op threads: work handed to an executor is a synchronous function, and never sees another owner's settings.
/// </summary>
internal sealed class OwnerExecutor : IDisposable
{
    private readonly BlockingCollection<Action> _work = [];
    private readonly ComputeGate? _gate;
    private readonly Thread _thread;

    public OwnerExecutor(string name, int threads, ComputeGate? gate = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        _gate = gate;
        _thread = new Thread(() => Loop(threads)) { Name = $"neurotrails {name}", IsBackground = true };
        _thread.Start();
    }

    // Runs a function on the owner's thread, after everything handed over before.
    public Task<T> Run<T>(Func<T> function)
    {
        // Continuations must not run on this thread: a grain resumes on its own scheduler.
        var completion = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        _work.Add(() =>
        {
            try
            {
                T result;
                using (_gate?.Enter())
                {
                    result = function();
                }

                completion.SetResult(result);
            }
            catch (Exception exception)
            {
                completion.SetException(exception);
            }
        });
        return completion.Task;
    }

    public Task Run(Action action) =>
        Run<object?>(() =>
        {
            action();
            return null;
        });

    // Takes no more work, finishes what was handed over, and ends the thread.
    public void Dispose()
    {
        _work.CompleteAdding();
        if (Thread.CurrentThread != _thread)
        {
            _thread.Join();
        }
    }

    private void Loop(int threads)
    {
        // Asking first is not idle. The first time that a thread asks, libtorch gives it the number that any thread set last
        // (at::internal::lazy_init_num_threads). Were that to happen after our own setting, another executor's would replace it,
        // and sums over several threads have other last bits.
        _ = torch.get_num_threads();
        torch.set_num_threads(threads);
        foreach (var action in _work.GetConsumingEnumerable())
        {
            action();
        }
    }
}
