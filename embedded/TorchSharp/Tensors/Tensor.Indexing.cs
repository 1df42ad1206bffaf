using static TorchSharp.Native.NativeMethods;

namespace TorchSharp;

public static partial class torch
{
    // Reading and writing some of the numbers.
    public partial class Tensor
    {
        public Tensor index_select(long dim, Tensor index) => Wrap(nt_index_select(H, dim, index.H));
        public Tensor index_add(long dim, Tensor index, Tensor source, Scalar alpha) =>
            Wrap(nt_index_add(H, dim, index.H, source.H, alpha));
        public Tensor index_add_(long dim, Tensor index, Tensor source, Scalar alpha) =>
            Done(nt_index_add_(H, dim, index.H, source.H, alpha));
        public Tensor index_copy(long dim, Tensor index, Tensor source) => Wrap(nt_index_copy(H, dim, index.H, source.H));
        public Tensor index_copy_(long dim, Tensor index, Tensor source) => Done(nt_index_copy_(H, dim, index.H, source.H));
        public Tensor index_fill(long dim, Tensor index, Scalar value) => Wrap(nt_index_fill(H, dim, index.H, value));
        public Tensor index_fill_(long dim, Tensor index, Scalar value) => Done(nt_index_fill_(H, dim, index.H, value));
        public Tensor take(Tensor index) => Wrap(nt_take(H, index.H));
        public Tensor take_along_dim(Tensor indices) => Wrap(nt_take_along_dim(H, indices.H, [], 0));
        public Tensor take_along_dim(Tensor indices, long dim) => Wrap(nt_take_along_dim(H, indices.H, [dim], 1));
        public Tensor gather(long dim, Tensor index) => Wrap(nt_gather(H, dim, index.H));
        public Tensor scatter(long dim, Tensor index, Tensor src) => Wrap(nt_scatter(H, dim, index.H, src.H));
        public Tensor scatter_(long dim, Tensor index, Tensor src) => Done(nt_scatter_(H, dim, index.H, src.H));
        public Tensor scatter_add(long dim, Tensor index, Tensor src) => Wrap(nt_scatter_add(H, dim, index.H, src.H));
        public Tensor scatter_add_(long dim, Tensor index, Tensor src) => Done(nt_scatter_add_(H, dim, index.H, src.H));
        public Tensor masked_fill(Tensor mask, Scalar value) => Wrap(nt_masked_fill(H, mask.H, value));
        public Tensor masked_fill_(Tensor mask, Scalar value) => Done(nt_masked_fill_(H, mask.H, value));
        public Tensor masked_select(Tensor mask) => Wrap(nt_masked_select(H, mask.H));
        public Tensor masked_scatter(Tensor mask, Tensor value) => Wrap(nt_masked_scatter(H, mask.H, value.H));
        public Tensor masked_scatter_(Tensor mask, Tensor value) => Done(nt_masked_scatter_(H, mask.H, value.H));
        public Tensor nonzero() => Wrap(nt_nonzero(H));
        public Tensor argwhere() => Wrap(nt_argwhere(H));
    }
}
