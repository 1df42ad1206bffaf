using System.Runtime.InteropServices;

namespace TorchSharp.Native;

// Gradients: see embedded/native/src/autograd.cpp.
internal static partial class NativeMethods
{
    [LibraryImport(Lib)]
    internal static partial int nt_grad_enabled();
    [LibraryImport(Lib)]
    internal static partial void nt_set_grad_enabled([MarshalAs(UnmanagedType.U1)] bool enabled);
    [LibraryImport(Lib)]
    internal static partial nint nt_inference_mode([MarshalAs(UnmanagedType.U1)] bool enabled);
    [LibraryImport(Lib)]
    internal static partial void nt_inference_mode_end(nint guard);
    [LibraryImport(Lib)]
    internal static partial int nt_inference_mode_enabled();
    [LibraryImport(Lib)]
    internal static partial int nt_set_requires_grad(TensorHandle x, [MarshalAs(UnmanagedType.U1)] bool value);
    [LibraryImport(Lib)]
    internal static partial int nt_retain_grad(TensorHandle x);
    [LibraryImport(Lib)]
    internal static partial int nt_grad(TensorHandle x, out nint result);
    [LibraryImport(Lib)]
    internal static partial int nt_set_grad(TensorHandle x, TensorHandle grad);
    [LibraryImport(Lib)]
    internal static partial int nt_backward(ReadOnlySpan<nint> tensors, int n, ReadOnlySpan<nint> grads, int m,
        [MarshalAs(UnmanagedType.U1)] bool retain, [MarshalAs(UnmanagedType.U1)] bool create, ReadOnlySpan<nint> inputs, int k);
    [LibraryImport(Lib)]
    internal static partial int nt_grad_of(ReadOnlySpan<nint> outputs, int n, ReadOnlySpan<nint> inputs, int k, ReadOnlySpan<nint> grads,
        int m, [MarshalAs(UnmanagedType.U1)] bool retain, [MarshalAs(UnmanagedType.U1)] bool create,
        [MarshalAs(UnmanagedType.U1)] bool unused, out nint result, out int count);
    [LibraryImport(Lib)]
    internal static partial int nt_context_result(nint context, TensorHandle x);
    [LibraryImport(Lib)]
    internal static partial int nt_context_save(nint context, ReadOnlySpan<nint> tensors, int n);
    [LibraryImport(Lib)]
    internal static partial int nt_context_saved(nint context, out nint result, out int count);
    [LibraryImport(Lib)]
    internal static partial int nt_context_dirty(nint context, ReadOnlySpan<nint> tensors, int n);
    [LibraryImport(Lib)]
    internal static partial int nt_context_non_differentiable(nint context, ReadOnlySpan<nint> tensors, int n);
    [LibraryImport(Lib)]
    internal static partial int nt_context_materialize(nint context, [MarshalAs(UnmanagedType.U1)] bool value);
}
