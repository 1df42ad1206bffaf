using TorchSharp;
using static TorchSharp.torch;

namespace NeuroTrails.Execution;

/// <summary>
/// Lets an owner work alone in the process the first time that it does a kind of work on a shape: libtorch 2.10's oneDNN makes its kernels
/// then, and crashes now and then where another thread makes or runs convolutions meanwhile (seen in
/// <c>brgemm_convolution_fwd_t::pd_t::init_batch</c>, in one of ten runs' first step). Later on
/// owners work side by side. One instance an owner.
/// </summary>
internal sealed class KernelTurns
{
    private static readonly ReaderWriterLockSlim Gate = new();
    private readonly HashSet<string> _made = new(StringComparer.Ordinal);

    // Begins a piece of work; disposing of the result, on the same thread, ends it.
    public Turn Enter(string what, Tensor input)
    {
        if (input.device_type != DeviceType.CPU)
        {
            return default;
        }

        var isFirst = _made.Add($"{what} {input.dtype} {string.Join('x', input.shape)}");
        if (isFirst)
        {
            Gate.EnterWriteLock();
        }
        else
        {
            Gate.EnterReadLock();
        }

        return new(isFirst ? Gate.ExitWriteLock : Gate.ExitReadLock);
    }

    public readonly struct Turn(Action end) : IDisposable
    {
        public void Dispose() => end?.Invoke();
    }
}
