using System.Runtime.InteropServices;

namespace TorchSharp.Native;

// Reductions, sorting, searching: see embedded/native/src/reductions.cpp.
internal static partial class NativeMethods
{
    [LibraryImport(Lib)]
    internal static partial nint nt_sum(TensorHandle x, int type);
    [LibraryImport(Lib)]
    internal static partial nint nt_sum_d(TensorHandle x, ReadOnlySpan<long> dim, int n, [MarshalAs(UnmanagedType.U1)] bool keepdim,
        int type);
    [LibraryImport(Lib)]
    internal static partial nint nt_mean(TensorHandle x);
    [LibraryImport(Lib)]
    internal static partial nint nt_mean_d(TensorHandle x, ReadOnlySpan<long> dim, int n, [MarshalAs(UnmanagedType.U1)] bool keepdim,
        int type);
    [LibraryImport(Lib)]
    internal static partial nint nt_prod(TensorHandle x, int type);
    [LibraryImport(Lib)]
    internal static partial nint nt_prod_d(TensorHandle x, long dim, [MarshalAs(UnmanagedType.U1)] bool keepdim, int type);
    [LibraryImport(Lib)]
    internal static partial nint nt_std(TensorHandle x, [MarshalAs(UnmanagedType.U1)] bool unbiased);
    [LibraryImport(Lib)]
    internal static partial nint nt_std_d(TensorHandle x, ReadOnlySpan<long> dim, int n, [MarshalAs(UnmanagedType.U1)] bool unbiased,
        [MarshalAs(UnmanagedType.U1)] bool keepdim);
    [LibraryImport(Lib)]
    internal static partial nint nt_var(TensorHandle x, [MarshalAs(UnmanagedType.U1)] bool unbiased);
    [LibraryImport(Lib)]
    internal static partial nint nt_var_d(TensorHandle x, ReadOnlySpan<long> dim, int n, [MarshalAs(UnmanagedType.U1)] bool unbiased,
        [MarshalAs(UnmanagedType.U1)] bool keepdim);
    [LibraryImport(Lib)]
    internal static partial int nt_var_mean(TensorHandle x, ReadOnlySpan<long> dim, int n, [MarshalAs(UnmanagedType.U1)] bool unbiased,
        [MarshalAs(UnmanagedType.U1)] bool keepdim, out nint variance, out nint mean);
    [LibraryImport(Lib)]
    internal static partial nint nt_max(TensorHandle x);
    [LibraryImport(Lib)]
    internal static partial nint nt_min(TensorHandle x);
    [LibraryImport(Lib)]
    internal static partial int nt_max_d(TensorHandle x, long dim, [MarshalAs(UnmanagedType.U1)] bool keepdim, out nint values,
        out nint indices);
    [LibraryImport(Lib)]
    internal static partial int nt_min_d(TensorHandle x, long dim, [MarshalAs(UnmanagedType.U1)] bool keepdim, out nint values,
        out nint indices);
    [LibraryImport(Lib)]
    internal static partial nint nt_amax(TensorHandle x, ReadOnlySpan<long> dim, int n, [MarshalAs(UnmanagedType.U1)] bool keepdim);
    [LibraryImport(Lib)]
    internal static partial nint nt_amin(TensorHandle x, ReadOnlySpan<long> dim, int n, [MarshalAs(UnmanagedType.U1)] bool keepdim);
    [LibraryImport(Lib)]
    internal static partial nint nt_argmax(TensorHandle x, ReadOnlySpan<long> dim, int n, [MarshalAs(UnmanagedType.U1)] bool keepdim);
    [LibraryImport(Lib)]
    internal static partial nint nt_argmin(TensorHandle x, ReadOnlySpan<long> dim, int n, [MarshalAs(UnmanagedType.U1)] bool keepdim);
    [LibraryImport(Lib)]
    internal static partial nint nt_all(TensorHandle x);
    [LibraryImport(Lib)]
    internal static partial nint nt_all_d(TensorHandle x, long dim, [MarshalAs(UnmanagedType.U1)] bool keepdim);
    [LibraryImport(Lib)]
    internal static partial nint nt_any(TensorHandle x);
    [LibraryImport(Lib)]
    internal static partial nint nt_any_d(TensorHandle x, long dim, [MarshalAs(UnmanagedType.U1)] bool keepdim);
    [LibraryImport(Lib)]
    internal static partial nint nt_median(TensorHandle x);
    [LibraryImport(Lib)]
    internal static partial nint nt_quantile(TensorHandle x, TensorHandle q, long dim, [MarshalAs(UnmanagedType.U1)] bool keepdim);
    [LibraryImport(Lib)]
    internal static partial nint nt_count_nonzero(TensorHandle x, ReadOnlySpan<long> dim, int n);
    [LibraryImport(Lib)]
    internal static partial nint nt_norm(TensorHandle x, double p);
    [LibraryImport(Lib)]
    internal static partial nint nt_norm_d(TensorHandle x, long dim, [MarshalAs(UnmanagedType.U1)] bool keepdim, double p);
    [LibraryImport(Lib)]
    internal static partial nint nt_vector_norm(TensorHandle x, double p, ReadOnlySpan<long> dim, int n,
        [MarshalAs(UnmanagedType.U1)] bool keepdim, int type);
    [LibraryImport(Lib)]
    internal static partial nint nt_cumsum(TensorHandle x, long dim, int type);
    [LibraryImport(Lib)]
    internal static partial nint nt_cumprod(TensorHandle x, long dim, int type);
    [LibraryImport(Lib)]
    internal static partial nint nt_logsumexp(TensorHandle x, long dim, [MarshalAs(UnmanagedType.U1)] bool keepdim);
    [LibraryImport(Lib)]
    internal static partial nint nt_logcumsumexp(TensorHandle x, long dim);
    [LibraryImport(Lib)]
    internal static partial nint nt_diff(TensorHandle x, long n, long dim);
    [LibraryImport(Lib)]
    internal static partial nint nt_histc(TensorHandle x, long bins, long min, long max);
    [LibraryImport(Lib)]
    internal static partial int nt_sort(TensorHandle x, long dim, [MarshalAs(UnmanagedType.U1)] bool descending,
        [MarshalAs(UnmanagedType.U1)] bool stable, out nint values, out nint indices);
    [LibraryImport(Lib)]
    internal static partial nint nt_argsort(TensorHandle x, long dim, [MarshalAs(UnmanagedType.U1)] bool descending);
    [LibraryImport(Lib)]
    internal static partial int nt_topk(TensorHandle x, long k, long dim, [MarshalAs(UnmanagedType.U1)] bool largest,
        [MarshalAs(UnmanagedType.U1)] bool sorted, out nint values, out nint indices);
    [LibraryImport(Lib)]
    internal static partial int nt_kthvalue(TensorHandle x, long k, long dim, [MarshalAs(UnmanagedType.U1)] bool keepdim, out nint values,
        out nint indices);
    [LibraryImport(Lib)]
    internal static partial int nt_mode(TensorHandle x, long dim, [MarshalAs(UnmanagedType.U1)] bool keepdim, out nint values,
        out nint indices);
    [LibraryImport(Lib)]
    internal static partial int nt_unique(TensorHandle x, [MarshalAs(UnmanagedType.U1)] bool sorted,
        [MarshalAs(UnmanagedType.U1)] bool inverse, [MarshalAs(UnmanagedType.U1)] bool counts, out nint output, out nint out_inverse,
        out nint out_counts);
    [LibraryImport(Lib)]
    internal static partial int nt_unique_d(TensorHandle x, long dim, [MarshalAs(UnmanagedType.U1)] bool sorted,
        [MarshalAs(UnmanagedType.U1)] bool inverse, [MarshalAs(UnmanagedType.U1)] bool counts, out nint output, out nint out_inverse,
        out nint out_counts);
    [LibraryImport(Lib)]
    internal static partial nint nt_searchsorted(TensorHandle sorted, TensorHandle values, [MarshalAs(UnmanagedType.U1)] bool int32,
        [MarshalAs(UnmanagedType.U1)] bool right, TensorHandle sorter);
    [LibraryImport(Lib)]
    internal static partial nint nt_bucketize(TensorHandle x, TensorHandle boundaries, [MarshalAs(UnmanagedType.U1)] bool int32,
        [MarshalAs(UnmanagedType.U1)] bool right);
    [LibraryImport(Lib)]
    internal static partial nint nt_bincount(TensorHandle x, TensorHandle weights, long minlength);
    [LibraryImport(Lib)]
    internal static partial nint nt_isin(TensorHandle x, TensorHandle elements, [MarshalAs(UnmanagedType.U1)] bool unique,
        [MarshalAs(UnmanagedType.U1)] bool invert);
}
