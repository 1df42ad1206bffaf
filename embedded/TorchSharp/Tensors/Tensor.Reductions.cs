using static TorchSharp.Native.NativeMethods;

namespace TorchSharp;

public static partial class torch
{
    // Many numbers in, fewer out.
    public partial class Tensor
    {
        public Tensor sum(ScalarType? type = null) => Wrap(nt_sum(H, (int?)type ?? -1));
        public Tensor sum(ReadOnlySpan<long> dim, bool keepdim = false, ScalarType? type = null) =>
            Wrap(nt_sum_d(H, dim, dim.Length, keepdim, (int?)type ?? -1));
        public Tensor sum(long[] dim, bool keepdim = false, ScalarType? type = null) => sum((ReadOnlySpan<long>)dim, keepdim, type);
        public Tensor sum(long dim, bool keepdim = false, ScalarType? type = null) => sum((ReadOnlySpan<long>)[dim], keepdim, type);
        public Tensor sum(long dim0, long dim1, bool keepdim = false, ScalarType? type = null) =>
            sum((ReadOnlySpan<long>)[dim0, dim1], keepdim, type);
        public Tensor sum(long dim0, long dim1, long dim2, bool keepdim = false, ScalarType? type = null) =>
            sum((ReadOnlySpan<long>)[dim0, dim1, dim2], keepdim, type);

        public Tensor mean() => Wrap(nt_mean(H));
        public Tensor mean(long[] dimensions, bool keepdim = false, ScalarType? type = null) =>
            Wrap(nt_mean_d(H, dimensions, dimensions.Length, keepdim, (int?)type ?? -1));
        public Tensor prod(ScalarType? type = null) => Wrap(nt_prod(H, (int?)type ?? -1));
        public Tensor prod(long dim, bool keepdim = false, ScalarType? type = null) => Wrap(nt_prod_d(H, dim, keepdim, (int?)type ?? -1));

        public Tensor max() => Wrap(nt_max(H));
        public Tensor max(Tensor other) => maximum(other);
        public Tensor min() => Wrap(nt_min(H));
        public Tensor min(Tensor other) => minimum(other);

        public (Tensor values, Tensor indexes) max(long dim, bool keepdim = false)
        {
            Ok(nt_max_d(H, dim, keepdim, out nint values, out nint indices));
            return (new Tensor(values), new Tensor(indices));
        }

        public (Tensor values, Tensor indexes) min(long dim, bool keepdim = false)
        {
            Ok(nt_min_d(H, dim, keepdim, out nint values, out nint indices));
            return (new Tensor(values), new Tensor(indices));
        }

        public Tensor amax(long[] dims, bool keepdim = false, Tensor? @out = null) => amax((ReadOnlySpan<long>)dims, keepdim, @out);
        public Tensor amax(params long[] dims) => amax((ReadOnlySpan<long>)dims);
        public Tensor amax(ReadOnlySpan<long> dims, bool keepdim = false, Tensor? @out = null) =>
            Into(@out, Wrap(nt_amax(H, dims, dims.Length, keepdim)));
        public Tensor amin(long[] dims, bool keepdim = false, Tensor? @out = null) => amin((ReadOnlySpan<long>)dims, keepdim, @out);
        public Tensor amin(params long[] dims) => amin((ReadOnlySpan<long>)dims);
        public Tensor amin(ReadOnlySpan<long> dims, bool keepdim = false, Tensor? @out = null) =>
            Into(@out, Wrap(nt_amin(H, dims, dims.Length, keepdim)));
        public Tensor argmax() => Wrap(nt_argmax(H, [], 0, false));
        public Tensor argmax(long dim, bool keepdim = false) => Wrap(nt_argmax(H, [dim], 1, keepdim));
        public Tensor argmin() => Wrap(nt_argmin(H, [], 0, false));
        public Tensor argmin(long dim, bool keepdim = false) => Wrap(nt_argmin(H, [dim], 1, keepdim));
        public Tensor all() => Wrap(nt_all(H));
        public Tensor all(long dim, bool keepdim = false) => Wrap(nt_all_d(H, dim, keepdim));
        public Tensor any() => Wrap(nt_any(H));
        public Tensor any(long dim, bool keepdim = false) => Wrap(nt_any_d(H, dim, keepdim));
        public Tensor median() => Wrap(nt_median(H));
        public Tensor quantile(Tensor q, long dim = -1, bool keepdim = false) => Wrap(nt_quantile(H, q.H, dim, keepdim));
        public Tensor count_nonzero(long[]? dims = null) => Wrap(nt_count_nonzero(H, dims, dims?.Length ?? 0));
        public Tensor norm(float p = 2.0f) => Wrap(nt_norm(H, p));
        public Tensor norm(int dim, bool keepdim = false, float p = 2.0f) => Wrap(nt_norm_d(H, dim, keepdim, p));
        public Tensor cumsum(long dim, ScalarType? type = null) => Wrap(nt_cumsum(H, dim, (int?)type ?? -1));
        public Tensor cumprod(long dim, ScalarType? type = null) => Wrap(nt_cumprod(H, dim, (int?)type ?? -1));
        public Tensor logsumexp(long dim, bool keepdim = false) => Wrap(nt_logsumexp(H, dim, keepdim));
        public Tensor logcumsumexp(long dim) => Wrap(nt_logcumsumexp(H, dim));
        public Tensor histc(long bins = 100, long min = 0, long max = 0) => Wrap(nt_histc(H, bins, min, max));

        public Tensor diff(long n = 1, long dim = -1, Tensor? prepend = null, Tensor? append = null)
        {
            Tensor[] parts = [.. prepend is null ? [] : (Tensor[])[prepend], this, .. append is null ? [] : (Tensor[])[append]];
            return parts.Length == 1 ? Wrap(nt_diff(H, n, dim)) : Wrap(nt_diff(torch.cat(parts, dim).H, n, dim));
        }

        private static Tensor Into(Tensor? target, Tensor result) => target is null ? result : target.copy_(result);
    }
}
