using TorchSharp.Native;
using static TorchSharp.Native.NativeMethods;

namespace TorchSharp;

public static partial class torch
{
    // Order among the numbers.
    public partial class Tensor
    {
        public (Tensor Values, Tensor Indices) sort(long dim = -1, bool descending = false, bool stable = false)
        {
            Ok(nt_sort(H, dim, descending, stable, out nint values, out nint indices));
            return (new Tensor(values), new Tensor(indices));
        }

        public Tensor argsort(long dim = -1, bool descending = false) => Wrap(nt_argsort(H, dim, descending));

        public Tensor msort() => sort(0).Values;

        public (Tensor values, Tensor indexes) topk(int k, int dim = -1, bool largest = true, bool sorted = true)
        {
            Ok(nt_topk(H, k, dim, largest, sorted, out nint values, out nint indices));
            return (new Tensor(values), new Tensor(indices));
        }

        public (Tensor values, Tensor indices) kthvalue(long k, long? dim, bool keepdim = false)
        {
            Ok(nt_kthvalue(H, k, dim ?? -1, keepdim, out nint values, out nint indices));
            return (new Tensor(values), new Tensor(indices));
        }

        public (Tensor values, Tensor indices) mode(long dim = -1L, bool keepdim = false)
        {
            Ok(nt_mode(H, dim, keepdim, out nint values, out nint indices));
            return (new Tensor(values), new Tensor(indices));
        }

        public (Tensor output, Tensor? inverse_indices, Tensor? counts) unique(bool sorted = true, bool return_inverse = false,
            bool return_counts = false, int? dim = null)
        {
            nint output, inverse, counts;
            Ok(dim is { } d ? nt_unique_d(H, d, sorted, return_inverse, return_counts, out output, out inverse, out counts)
                : nt_unique(H, sorted, return_inverse, return_counts, out output, out inverse, out counts));
            return (new Tensor(output), Wanted(inverse, return_inverse), Wanted(counts, return_counts));
        }

        public Tensor bincount(Tensor? weights, long minlength = 0) => Wrap(nt_bincount(H, weights?.H ?? TensorHandle.None, minlength));

        public Tensor bucketize(Tensor boundaries, bool outInt32 = false, bool right = false) =>
            Wrap(nt_bucketize(H, boundaries.H, outInt32, right));

        private static Tensor? Wanted(nint native, bool wanted)
        {
            if (wanted)
            {
                return new Tensor(native);
            }
            nt_free(native);
            return null;
        }
    }
}
