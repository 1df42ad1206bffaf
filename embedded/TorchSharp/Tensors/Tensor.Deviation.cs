using static TorchSharp.Native.NativeMethods;

namespace TorchSharp;

public static partial class torch
{
    // Standard deviation and variance.
    public partial class Tensor
    {
        public Tensor std(bool unbiased = true) => Wrap(nt_std(H, unbiased));
        public Tensor std(ReadOnlySpan<long> dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            Typed(type, Wrap(nt_std_d(H, dimensions, dimensions.Length, unbiased, keepdim)));
        public Tensor std(long[] dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            std((ReadOnlySpan<long>)dimensions, unbiased, keepdim, type);
        public Tensor std(long dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            std((ReadOnlySpan<long>)[dim], unbiased, keepdim, type);
        public Tensor std((long, long) dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            std((ReadOnlySpan<long>)[dim.Item1, dim.Item2], unbiased, keepdim, type);

        public Tensor var(bool unbiased = true) => Wrap(nt_var(H, unbiased));
        public Tensor var(ReadOnlySpan<long> dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            Typed(type, Wrap(nt_var_d(H, dimensions, dimensions.Length, unbiased, keepdim)));
        public Tensor var(long[] dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            var((ReadOnlySpan<long>)dimensions, unbiased, keepdim, type);
        public Tensor var(long dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            var((ReadOnlySpan<long>)[dim], unbiased, keepdim, type);
        public Tensor var((long, long) dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            var((ReadOnlySpan<long>)[dim.Item1, dim.Item2], unbiased, keepdim, type);

        public (Tensor @var, Tensor mean) var_mean(long dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null)
        {
            Ok(nt_var_mean(H, [dim], 1, unbiased, keepdim, out nint variance, out nint mean));
            return (Typed(type, new Tensor(variance)), Typed(type, new Tensor(mean)));
        }

        private static Tensor Typed(ScalarType? type, Tensor result) =>
            type is { } t && t != result.dtype ? result.to_type(t, disposeAfter: true) : result;
    }
}
