using System.Runtime.InteropServices;

namespace TorchSharp.Native;

/// <summary>Owns one native tensor; safe against finalisers and against disposal while a call is under way.</summary>
internal sealed class TensorHandle : SafeHandle
{
    /// <summary>Stands for "no tensor" in optional arguments.</summary>
    internal static readonly TensorHandle None = new();

    private static long total;
    private static long peak;

    public TensorHandle() : base(0, ownsHandle: false) => GC.SuppressFinalize(this);

    internal TensorHandle(nint native) : base(0, ownsHandle: true)
    {
        SetHandle(native);
        long now = Interlocked.Increment(ref total);
        if (now > peak)
        {
            peak = now;
        }
    }

    public override bool IsInvalid => handle == 0;

    /// <summary>How many tensors managed code holds, and the most it held.</summary>
    internal static long Total => Interlocked.Read(ref total);

    internal static long Peak => Interlocked.Read(ref peak);

    /// <summary>Gives the native tensor away: nobody here frees it any more.</summary>
    internal nint Release()
    {
        nint native = handle;
        Interlocked.Decrement(ref total);
        SetHandleAsInvalid();
        return native;
    }

    protected override bool ReleaseHandle()
    {
        Interlocked.Decrement(ref total);
        NativeMethods.nt_free(handle);
        return true;
    }
}
