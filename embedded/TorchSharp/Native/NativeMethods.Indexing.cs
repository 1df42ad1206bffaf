using System.Runtime.InteropServices;

namespace TorchSharp.Native;

// Indexing: see embedded/native/src/indexing.cpp.
internal static partial class NativeMethods
{
    [LibraryImport(Lib)]
    internal static partial nint nt_index(TensorHandle x, ReadOnlySpan<long> code, ReadOnlySpan<nint> tensors, int n);
    [LibraryImport(Lib)]
    internal static partial int nt_index_put_(TensorHandle x, ReadOnlySpan<long> code, ReadOnlySpan<nint> tensors, int n,
        TensorHandle value);
    [LibraryImport(Lib)]
    internal static partial int nt_index_put_s_(TensorHandle x, ReadOnlySpan<long> code, ReadOnlySpan<nint> tensors, int n,
        NativeScalar value);
    [LibraryImport(Lib)]
    internal static partial int nt_index_put_t_(TensorHandle x, ReadOnlySpan<nint> tensors, int n, TensorHandle value,
        [MarshalAs(UnmanagedType.U1)] bool accumulate);
    [LibraryImport(Lib)]
    internal static partial nint nt_index_select(TensorHandle x, long dim, TensorHandle index);
    [LibraryImport(Lib)]
    internal static partial nint nt_index_add(TensorHandle x, long dim, TensorHandle index, TensorHandle source, NativeScalar alpha);
    [LibraryImport(Lib)]
    internal static partial int nt_index_add_(TensorHandle x, long dim, TensorHandle index, TensorHandle source, NativeScalar alpha);
    [LibraryImport(Lib)]
    internal static partial nint nt_index_copy(TensorHandle x, long dim, TensorHandle index, TensorHandle source);
    [LibraryImport(Lib)]
    internal static partial int nt_index_copy_(TensorHandle x, long dim, TensorHandle index, TensorHandle source);
    [LibraryImport(Lib)]
    internal static partial nint nt_index_fill(TensorHandle x, long dim, TensorHandle index, NativeScalar value);
    [LibraryImport(Lib)]
    internal static partial int nt_index_fill_(TensorHandle x, long dim, TensorHandle index, NativeScalar value);
    [LibraryImport(Lib)]
    internal static partial nint nt_take(TensorHandle x, TensorHandle index);
    [LibraryImport(Lib)]
    internal static partial nint nt_take_along_dim(TensorHandle x, TensorHandle index, ReadOnlySpan<long> dim, int n);
    [LibraryImport(Lib)]
    internal static partial nint nt_gather(TensorHandle x, long dim, TensorHandle index);
    [LibraryImport(Lib)]
    internal static partial nint nt_scatter(TensorHandle x, long dim, TensorHandle index, TensorHandle source);
    [LibraryImport(Lib)]
    internal static partial int nt_scatter_(TensorHandle x, long dim, TensorHandle index, TensorHandle source);
    [LibraryImport(Lib)]
    internal static partial nint nt_scatter_add(TensorHandle x, long dim, TensorHandle index, TensorHandle source);
    [LibraryImport(Lib)]
    internal static partial int nt_scatter_add_(TensorHandle x, long dim, TensorHandle index, TensorHandle source);
    [LibraryImport(Lib)]
    internal static partial nint nt_masked_fill(TensorHandle x, TensorHandle mask, NativeScalar value);
    [LibraryImport(Lib)]
    internal static partial int nt_masked_fill_(TensorHandle x, TensorHandle mask, NativeScalar value);
    [LibraryImport(Lib)]
    internal static partial nint nt_masked_select(TensorHandle x, TensorHandle mask);
    [LibraryImport(Lib)]
    internal static partial nint nt_masked_scatter(TensorHandle x, TensorHandle mask, TensorHandle value);
    [LibraryImport(Lib)]
    internal static partial int nt_masked_scatter_(TensorHandle x, TensorHandle mask, TensorHandle value);
    [LibraryImport(Lib)]
    internal static partial nint nt_nonzero(TensorHandle x);
    [LibraryImport(Lib)]
    internal static partial nint nt_argwhere(TensorHandle x);
}
