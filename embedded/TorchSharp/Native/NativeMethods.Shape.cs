using System.Runtime.InteropServices;

namespace TorchSharp.Native;

// Shapes: see embedded/native/src/shape.cpp.
internal static partial class NativeMethods
{
    [LibraryImport(Lib)]
    internal static partial nint nt_view(TensorHandle x, ReadOnlySpan<long> size, int n);
    [LibraryImport(Lib)]
    internal static partial nint nt_reshape(TensorHandle x, ReadOnlySpan<long> size, int n);
    [LibraryImport(Lib)]
    internal static partial nint nt_permute(TensorHandle x, ReadOnlySpan<long> dims, int n);
    [LibraryImport(Lib)]
    internal static partial nint nt_expand(TensorHandle x, ReadOnlySpan<long> size, int n, [MarshalAs(UnmanagedType.U1)] bool isImplicit);
    [LibraryImport(Lib)]
    internal static partial nint nt_repeat(TensorHandle x, ReadOnlySpan<long> counts, int n);
    [LibraryImport(Lib)]
    internal static partial nint nt_tile(TensorHandle x, ReadOnlySpan<long> counts, int n);
    [LibraryImport(Lib)]
    internal static partial nint nt_flip(TensorHandle x, ReadOnlySpan<long> dims, int n);
    [LibraryImport(Lib)]
    internal static partial nint nt_roll(TensorHandle x, ReadOnlySpan<long> shifts, int n, ReadOnlySpan<long> dims, int m);
    [LibraryImport(Lib)]
    internal static partial nint nt_movedim(TensorHandle x, ReadOnlySpan<long> from, int n, ReadOnlySpan<long> to, int m);
    [LibraryImport(Lib)]
    internal static partial nint nt_as_strided(TensorHandle x, ReadOnlySpan<long> size, int n, ReadOnlySpan<long> strides, int m,
        long offset);
    [LibraryImport(Lib)]
    internal static partial nint nt_transpose(TensorHandle x, long a, long b);
    [LibraryImport(Lib)]
    internal static partial nint nt_t(TensorHandle x);
    [LibraryImport(Lib)]
    internal static partial nint nt_adjoint(TensorHandle x);
    [LibraryImport(Lib)]
    internal static partial nint nt_unsqueeze(TensorHandle x, long dim);
    [LibraryImport(Lib)]
    internal static partial int nt_unsqueeze_(TensorHandle x, long dim);
    [LibraryImport(Lib)]
    internal static partial nint nt_squeeze(TensorHandle x, ReadOnlySpan<long> dim, int n);
    [LibraryImport(Lib)]
    internal static partial int nt_squeeze_(TensorHandle x, ReadOnlySpan<long> dim, int n);
    [LibraryImport(Lib)]
    internal static partial nint nt_flatten(TensorHandle x, long start, long end);
    [LibraryImport(Lib)]
    internal static partial nint nt_unflatten(TensorHandle x, long dim, ReadOnlySpan<long> sizes, int n);
    [LibraryImport(Lib)]
    internal static partial nint nt_narrow(TensorHandle x, long dim, long start, long length);
    [LibraryImport(Lib)]
    internal static partial nint nt_slice(TensorHandle x, long dim, long start, long finish, long step);
    [LibraryImport(Lib)]
    internal static partial nint nt_select(TensorHandle x, long dim, long index);
    [LibraryImport(Lib)]
    internal static partial nint nt_unfold(TensorHandle x, long dim, long size, long step);
    [LibraryImport(Lib)]
    internal static partial nint nt_tril(TensorHandle x, long diagonal);
    [LibraryImport(Lib)]
    internal static partial nint nt_triu(TensorHandle x, long diagonal);
    [LibraryImport(Lib)]
    internal static partial nint nt_diag(TensorHandle x, long diagonal);
    [LibraryImport(Lib)]
    internal static partial nint nt_diagonal(TensorHandle x, long offset, long a, long b);
    [LibraryImport(Lib)]
    internal static partial nint nt_repeat_interleave(TensorHandle x, long repeats, ReadOnlySpan<long> dim, int n);
    [LibraryImport(Lib)]
    internal static partial nint nt_repeat_interleave_t(TensorHandle x, TensorHandle repeats, ReadOnlySpan<long> dim, int n);
    [LibraryImport(Lib)]
    internal static partial nint nt_cat(ReadOnlySpan<nint> tensors, int n, long dim);
    [LibraryImport(Lib)]
    internal static partial nint nt_stack(ReadOnlySpan<nint> tensors, int n, long dim);
    [LibraryImport(Lib)]
    internal static partial int nt_broadcast_tensors(ReadOnlySpan<nint> tensors, int n, out nint result, out int count);
    [LibraryImport(Lib, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int nt_meshgrid(ReadOnlySpan<nint> tensors, int n, string indexing, out nint result, out int count);
    [LibraryImport(Lib)]
    internal static partial int nt_split(TensorHandle x, long size, long dim, out nint result, out int count);
    [LibraryImport(Lib)]
    internal static partial int nt_split_sizes(TensorHandle x, ReadOnlySpan<long> sizes, int n, long dim, out nint result, out int count);
    [LibraryImport(Lib)]
    internal static partial int nt_chunk(TensorHandle x, long chunks, long dim, out nint result, out int count);
    [LibraryImport(Lib)]
    internal static partial int nt_unbind(TensorHandle x, long dim, out nint result, out int count);
}
