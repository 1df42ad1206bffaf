using System.Runtime.InteropServices;

namespace TorchSharp.Native;

// Life and metadata of a tensor, threads: see embedded/native/src/core.cpp.
internal static partial class NativeMethods
{
    [LibraryImport(Lib)]
    internal static partial void nt_free(nint x);
    [LibraryImport(Lib)]
    internal static partial void nt_free_array(nint array);
    [LibraryImport(Lib)]
    internal static partial long nt_dim(TensorHandle x);
    [LibraryImport(Lib)]
    internal static partial long nt_numel(TensorHandle x);
    [LibraryImport(Lib)]
    internal static partial int nt_dtype(TensorHandle x);
    [LibraryImport(Lib)]
    internal static partial long nt_element_size(TensorHandle x);
    [LibraryImport(Lib)]
    internal static partial int nt_device_type(TensorHandle x);
    [LibraryImport(Lib)]
    internal static partial int nt_device_index(TensorHandle x);
    [LibraryImport(Lib)]
    internal static partial int nt_requires_grad(TensorHandle x);
    [LibraryImport(Lib)]
    internal static partial int nt_is_leaf(TensorHandle x);
    [LibraryImport(Lib)]
    internal static partial int nt_is_contiguous(TensorHandle x);
    [LibraryImport(Lib)]
    internal static partial int nt_is_sparse(TensorHandle x);
    [LibraryImport(Lib)]
    internal static partial int nt_is_pinned(TensorHandle x);
    [LibraryImport(Lib)]
    internal static partial int nt_is_inference(TensorHandle x);
    [LibraryImport(Lib)]
    internal static partial long nt_storage_offset(TensorHandle x);
    [LibraryImport(Lib)]
    internal static partial int nt_sizes(TensorHandle x, Span<long> result, int n);
    [LibraryImport(Lib)]
    internal static partial int nt_strides(TensorHandle x, Span<long> result, int n);
    [LibraryImport(Lib)]
    internal static partial int nt_size(TensorHandle x, long dim, out long result);
    [LibraryImport(Lib)]
    internal static partial int nt_stride(TensorHandle x, long dim, out long result);
    [LibraryImport(Lib)]
    internal static partial int nt_data(TensorHandle x, out nint result);
    [LibraryImport(Lib)]
    internal static partial int nt_item(TensorHandle x, out double real, out long integer);
    [LibraryImport(Lib)]
    internal static partial nint nt_alias(TensorHandle x);
    [LibraryImport(Lib)]
    internal static partial nint nt_clone(TensorHandle x);
    [LibraryImport(Lib)]
    internal static partial nint nt_detach(TensorHandle x);
    [LibraryImport(Lib)]
    internal static partial int nt_detach_(TensorHandle x);
    [LibraryImport(Lib)]
    internal static partial int nt_copy_(TensorHandle x, TensorHandle source, [MarshalAs(UnmanagedType.U1)] bool non_blocking);
    [LibraryImport(Lib)]
    internal static partial int nt_set_(TensorHandle x, TensorHandle source);
    [LibraryImport(Lib)]
    internal static partial nint nt_contiguous(TensorHandle x);
    [LibraryImport(Lib)]
    internal static partial nint nt_pin_memory(TensorHandle x);
    [LibraryImport(Lib)]
    internal static partial nint nt_to_type(TensorHandle x, int type, [MarshalAs(UnmanagedType.U1)] bool copy,
        [MarshalAs(UnmanagedType.U1)] bool non_blocking);
    [LibraryImport(Lib)]
    internal static partial nint nt_to_device(TensorHandle x, int device_type, int device_index, [MarshalAs(UnmanagedType.U1)] bool copy,
        [MarshalAs(UnmanagedType.U1)] bool non_blocking);
    [LibraryImport(Lib)]
    internal static partial nint nt_to_both(TensorHandle x, int type, int device_type, int device_index,
        [MarshalAs(UnmanagedType.U1)] bool copy, [MarshalAs(UnmanagedType.U1)] bool non_blocking);
    [LibraryImport(Lib)]
    internal static partial int nt_set_num_threads(int n);
    [LibraryImport(Lib)]
    internal static partial int nt_get_num_threads(out int result);
    [LibraryImport(Lib)]
    internal static partial int nt_set_num_interop_threads(int n);
    [LibraryImport(Lib)]
    internal static partial int nt_get_num_interop_threads(out int result);
}
