using TorchSharp.Native;
using static TorchSharp.Native.NativeMethods;

namespace TorchSharp;

public static partial class torch
{
    // The same numbers, arranged otherwise.
    public partial class Tensor
    {
        public Tensor view(params long[] shape) => Wrap(nt_view(H, shape, shape.Length));
        public Tensor view_as(Tensor other) => view(other.shape);
        public Tensor reshape(params long[] shape) => Wrap(nt_reshape(H, shape, shape.Length));
        public Tensor flatten(long start_dim = 0, long end_dim = -1) => Wrap(nt_flatten(H, start_dim, end_dim));
        public Tensor unflatten(long dim, params long[] sizes) => Wrap(nt_unflatten(H, dim, sizes, sizes.Length));
        public Tensor ravel() => reshape(-1);
        public Tensor permute(params long[] permutation) => Wrap(nt_permute(H, permutation, permutation.Length));
        public Tensor permute(IEnumerable<long> permutation) => permute(permutation.ToArray());
        public Tensor transpose(long dim0, long dim1) => Wrap(nt_transpose(H, dim0, dim1));
        public Tensor swapdims(long dim0, long dim1) => transpose(dim0, dim1);
        public Tensor swapaxes(long dim0, long dim1) => transpose(dim0, dim1);
        public Tensor t() => Wrap(nt_t(H));
        public Tensor T => Reversed();
        public Tensor mT => Wrap(nt_adjoint(H));
        public Tensor movedim(long[] source, long[] destination) =>
            Wrap(nt_movedim(H, source, source.Length, destination, destination.Length));
        public Tensor moveaxis(long[] source, long[] destination) => movedim(source, destination);
        public Tensor unsqueeze(long dim) => Wrap(nt_unsqueeze(H, dim));
        public Tensor unsqueeze_(long dim) => Done(nt_unsqueeze_(H, dim));
        public Tensor squeeze(long? dim = null) => Wrap(nt_squeeze(H, [dim ?? 0], dim.HasValue ? 1 : 0));
        public Tensor squeeze_(long? dim = null) => Done(nt_squeeze_(H, [dim ?? 0], dim.HasValue ? 1 : 0));
        public Tensor expand(ReadOnlySpan<long> sizes, bool isImplicit = false) => Wrap(nt_expand(H, sizes, sizes.Length, isImplicit));
        public Tensor expand(long[] sizes, bool isImplicit = false) => expand((ReadOnlySpan<long>)sizes, isImplicit);
        public Tensor expand(params long[] sizes) => expand((ReadOnlySpan<long>)sizes);
        public Tensor expand(Size sizes, bool isImplicit = false) => expand((ReadOnlySpan<long>)sizes.Shape, isImplicit);
        public Tensor expand_as(Tensor other) => expand(other.shape);
        public Tensor broadcast_to(params long[] shape) => expand((ReadOnlySpan<long>)shape);
        public Tensor repeat(params long[] sizes) => Wrap(nt_repeat(H, sizes, sizes.Length));
        public Tensor tile(long[] reps) => Wrap(nt_tile(H, reps, reps.Length));

        public Tensor repeat_interleave(long repeats, long? dim = null, long? output_size = null) =>
            Wrap(nt_repeat_interleave(H, repeats, [dim ?? 0], dim.HasValue ? 1 : 0));

        public Tensor repeat_interleave(Tensor repeats, long? dim = null, long? output_size = null) =>
            Wrap(nt_repeat_interleave_t(H, repeats.H, [dim ?? 0], dim.HasValue ? 1 : 0));

        public Tensor narrow(long dim, long start, long length) => Wrap(nt_narrow(H, dim, start, length));
        public Tensor slice(long dim, long start, long finish, long step) => Wrap(nt_slice(H, dim, start, finish, step));
        public Tensor select(long dim, long index) => Wrap(nt_select(H, dim, index));
        public Tensor unfold(long dimension, long size, long step) => Wrap(nt_unfold(H, dimension, size, step));
        public Tensor as_strided(long[] size, long[] strides, long storageOffset = 0L) =>
            Wrap(nt_as_strided(H, size, size.Length, strides, strides.Length, storageOffset));
        public Tensor flip(params long[] dims) => Wrap(nt_flip(H, dims, dims.Length));
        public Tensor fliplr() => flip(1);
        public Tensor flipud() => flip(0);
        public Tensor roll(long shifts, long? dims = null) => roll((ReadOnlySpan<long>)[shifts], dims is { } d ? [d] : []);
        public Tensor roll((long, long) shifts, (long, long) dims) =>
            roll((ReadOnlySpan<long>)[shifts.Item1, shifts.Item2], (ReadOnlySpan<long>)[dims.Item1, dims.Item2]);
        public Tensor roll(long[] shifts, long[] dims) => roll((ReadOnlySpan<long>)shifts, dims);
        public Tensor roll(ReadOnlySpan<long> shifts, ReadOnlySpan<long> dims = default) =>
            Wrap(nt_roll(H, shifts, shifts.Length, dims, dims.Length));
        public Tensor tril(long diagonal = 0) => Wrap(nt_tril(H, diagonal));
        public Tensor triu(long diagonal = 0) => Wrap(nt_triu(H, diagonal));
        public Tensor diag(long diagonal = 0) => Wrap(nt_diag(H, diagonal));
        public Tensor diagonal(long offset = 0L, long dim1 = 0L, long dim2 = 1L) => Wrap(nt_diagonal(H, offset, dim1, dim2));

        public Tensor[] split(long size, int dim = 0) => TensorResults.Take(nt_split(H, size, dim, out nint all, out int n), all, n);
        public Tensor[] split(ReadOnlySpan<long> sizes, long dim = 0) =>
            TensorResults.Take(nt_split_sizes(H, sizes, sizes.Length, dim, out nint all, out int n), all, n);
        public Tensor[] split(long[] sizes, long dim = 0) => split((ReadOnlySpan<long>)sizes, dim);
        public Tensor[] chunk(long chunks, long dim = 0L) => TensorResults.Take(nt_chunk(H, chunks, dim, out nint all, out int n), all, n);
        public Tensor[] unbind(long dimension = 0L) => TensorResults.Take(nt_unbind(H, dimension, out nint all, out int n), all, n);

        private Tensor Reversed()
        {
            long[] order = new long[ndim];
            for (int i = 0; i < order.Length; i++)
            {
                order[i] = order.Length - 1 - i;
            }
            return permute(order);
        }
    }
}
