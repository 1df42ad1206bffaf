using System.Runtime.InteropServices;

namespace TorchSharp.Native;

// Optimisers: see embedded/native/src/optim.cpp.
internal static partial class NativeMethods
{
    [LibraryImport(Lib)]
    internal static partial nint nt_sgd(ReadOnlySpan<nint> tensors, int n, double lr, double momentum, double dampening, double decay,
        [MarshalAs(UnmanagedType.U1)] bool nesterov);
    [LibraryImport(Lib)]
    internal static partial nint nt_adam(ReadOnlySpan<nint> tensors, int n, double lr, double beta1, double beta2, double eps, double decay,
        [MarshalAs(UnmanagedType.U1)] bool amsgrad);
    [LibraryImport(Lib)]
    internal static partial nint nt_adamw(ReadOnlySpan<nint> tensors, int n, double lr, double beta1, double beta2, double eps,
        double decay, [MarshalAs(UnmanagedType.U1)] bool amsgrad);
    [LibraryImport(Lib)]
    internal static partial int nt_optimizer_step(nint optimizer);
    [LibraryImport(Lib)]
    internal static partial int nt_optimizer_set_lr(nint optimizer, double lr);
    [LibraryImport(Lib)]
    internal static partial void nt_optimizer_free(nint optimizer);
    [LibraryImport(Lib)]
    internal static partial int nt_clip_grad_norm(ReadOnlySpan<nint> tensors, int n, double max_norm, double norm_type, out double norm);
}
