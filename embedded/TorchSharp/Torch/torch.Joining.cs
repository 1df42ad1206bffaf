using TorchSharp.Native;
using static TorchSharp.Native.NativeMethods;

namespace TorchSharp;

public static partial class torch
{
    // The operations as functions: joining, indexing, products.
    public static Tensor cat(ReadOnlySpan<Tensor> tensors, long dim = 0)
    {
        using TensorArguments arguments = new(tensors.ToArray());
        return Tensor.Wrap(nt_cat(arguments.Handles, arguments.Count, dim));
    }

    public static Tensor cat(Tensor[] tensors, long dim = 0) => cat((ReadOnlySpan<Tensor>)tensors, dim);
    public static Tensor cat(IList<Tensor> tensors, long dim = 0) => cat(tensors.ToArray(), dim);
    public static Tensor concat(Tensor[] tensors, long dim = 0) => cat(tensors, dim);
    public static Tensor concat(IList<Tensor> tensors, long dim = 0) => cat(tensors, dim);

    public static Tensor stack(IEnumerable<Tensor> tensors, long dim = 0)
    {
        using TensorArguments arguments = TensorArguments.Of(tensors);
        return Tensor.Wrap(nt_stack(arguments.Handles, arguments.Count, dim));
    }

    public static Tensor vstack(Tensor[] tensors) => cat(Array.ConvertAll(tensors, x => x.ndim < 2 ? x.reshape(1, -1) : x));
    public static Tensor vstack(IList<Tensor> tensors) => vstack(tensors.ToArray());
    public static Tensor hstack(Tensor[] tensors) => cat(tensors, tensors[0].ndim < 2 ? 0 : 1);
    public static Tensor hstack(IList<Tensor> tensors) => hstack(tensors.ToArray());

    public static IList<Tensor> broadcast_tensors(params Tensor[] tensors)
    {
        using TensorArguments arguments = new(tensors);
        return TensorResults.Take(nt_broadcast_tensors(arguments.Handles, arguments.Count, out nint all, out int n), all, n);
    }

    public static Tensor[] meshgrid(IEnumerable<Tensor> tensors, string indexing = "ij")
    {
        using TensorArguments arguments = TensorArguments.Of(tensors);
        return TensorResults.Take(nt_meshgrid(arguments.Handles, arguments.Count, indexing, out nint all, out int n), all, n);
    }

    public static Tensor einsum(string equation, params Tensor[] tensors)
    {
        using TensorArguments arguments = new(tensors);
        return Tensor.Wrap(nt_einsum(equation, arguments.Handles, arguments.Count));
    }

    public static Tensor tensordot(Tensor a, Tensor b, long[] dims1, long[] dims2) => a.tensordot(b, dims1, dims2);
    public static Tensor baddbmm(Tensor input, Tensor batch1, Tensor batch2, float beta = 1, float alpha = 1) =>
        input.baddbmm(batch1, batch2, beta, alpha);

    public static Tensor cdist(Tensor x1, Tensor x2, double p = 2.0) => Tensor.Wrap(nt_cdist(x1.H, x2.H, p));

    public static Tensor gather(Tensor input, long dim, Tensor index) => input.gather(dim, index);
    public static Tensor scatter(Tensor input, long dim, Tensor index, Tensor src) => input.scatter(dim, index, src);
    public static Tensor scatter_(Tensor input, long dim, Tensor index, Tensor src) => input.scatter_(dim, index, src);
    public static Tensor scatter_add(Tensor input, long dim, Tensor index, Tensor src) => input.scatter_add(dim, index, src);
    public static Tensor scatter_add_(Tensor input, long dim, Tensor index, Tensor src) => input.scatter_add_(dim, index, src);
    public static Tensor index_select(Tensor input, long dim, Tensor index) => input.index_select(dim, index);
    public static Tensor index_add(Tensor input, long dim, Tensor index, Tensor source, Scalar alpha) =>
        input.index_add(dim, index, source, alpha);
    public static Tensor index_copy(Tensor input, long dim, Tensor index, Tensor source) => input.index_copy(dim, index, source);
    public static Tensor masked_select(Tensor input, Tensor mask) => input.masked_select(mask);
    public static Tensor take(Tensor input, Tensor index) => input.take(index);
    public static Tensor take_along_dim(Tensor input, Tensor indices, long dim = 0L) => input.take_along_dim(indices, dim);

    /// <summary>Linear algebra.</summary>
    public static class linalg
    {
        public static Tensor vector_norm(Tensor input, double ord = 2d, long[]? dims = null, bool keepdim = false) =>
            Tensor.Wrap(nt_vector_norm(input.H, ord, dims, dims?.Length ?? 0, keepdim, -1));

        public static Tensor norm(Tensor input, long[]? dims = null, bool keepdim = false) => vector_norm(input, 2, dims, keepdim);
        public static Tensor inv(Tensor input) => input.inverse();
        public static Tensor det(Tensor input) => input.det();
        public static Tensor solve(Tensor A, Tensor B) => Tensor.Wrap(nt_solve(A.H, B.H));
        public static Tensor cholesky(Tensor input) => Tensor.Wrap(nt_cholesky(input.H));

        public static (Tensor, Tensor) eigh(Tensor input)
        {
            Ok(nt_eigh(input.H, out nint values, out nint vectors));
            return (new Tensor(values), new Tensor(vectors));
        }

        public static (Tensor Q, Tensor R) qr(Tensor input)
        {
            Ok(nt_qr(input.H, out nint q, out nint r));
            return (new Tensor(q), new Tensor(r));
        }

        public static (Tensor U, Tensor S, Tensor Vh) svd(Tensor input, bool fullMatrices = true)
        {
            Ok(nt_svd(input.H, fullMatrices, out nint u, out nint s, out nint vh));
            return (new Tensor(u), new Tensor(s), new Tensor(vh));
        }
    }

    /// <summary>Special functions.</summary>
    public static class special
    {
        public static Tensor softmax(Tensor input, long dim, ScalarType? dtype = null) => input.softmax(dim, dtype);
        public static Tensor log_softmax(Tensor input, long dim, ScalarType? dtype = null) => input.log_softmax(dim, dtype);
        public static Tensor erf(Tensor input) => input.erf();
        public static Tensor erfinv(Tensor input) => input.erfinv();
    }
}
