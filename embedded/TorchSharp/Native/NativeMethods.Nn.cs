using System.Runtime.InteropServices;

namespace TorchSharp.Native;

// Functional layers: see embedded/native/src/nn.cpp.
internal static partial class NativeMethods
{
    [LibraryImport(Lib)]
    internal static partial nint nt_linear(TensorHandle x, TensorHandle weight, TensorHandle bias);
    [LibraryImport(Lib)]
    internal static partial nint nt_conv1d(TensorHandle x, TensorHandle weight, TensorHandle bias, long stride, long padding, long dilation,
        long groups);
    [LibraryImport(Lib)]
    internal static partial nint nt_conv2d(TensorHandle x, TensorHandle weight, TensorHandle bias, ReadOnlySpan<long> stride, int n,
        ReadOnlySpan<long> padding, int m, ReadOnlySpan<long> dilation, int k, long groups);
    [LibraryImport(Lib)]
    internal static partial nint nt_conv_transpose2d(TensorHandle x, TensorHandle weight, TensorHandle bias, ReadOnlySpan<long> stride,
        int n, ReadOnlySpan<long> padding, int m, ReadOnlySpan<long> output_padding, int o, ReadOnlySpan<long> dilation, int k,
        long groups);
    [LibraryImport(Lib)]
    internal static partial nint nt_batch_norm(TensorHandle x, TensorHandle mean, TensorHandle variance, TensorHandle weight,
        TensorHandle bias, [MarshalAs(UnmanagedType.U1)] bool training, double momentum, double eps);
    [LibraryImport(Lib)]
    internal static partial nint nt_layer_norm(TensorHandle x, ReadOnlySpan<long> shape, int n, TensorHandle weight, TensorHandle bias,
        double eps);
    [LibraryImport(Lib)]
    internal static partial nint nt_group_norm(TensorHandle x, long groups, TensorHandle weight, TensorHandle bias, double eps);
    [LibraryImport(Lib)]
    internal static partial nint nt_normalize(TensorHandle x, double p, long dim, double eps);
    [LibraryImport(Lib)]
    internal static partial nint nt_softmax(TensorHandle x, long dim, int type);
    [LibraryImport(Lib)]
    internal static partial nint nt_log_softmax(TensorHandle x, long dim, int type);
    [LibraryImport(Lib)]
    internal static partial nint nt_dropout(TensorHandle x, double p, [MarshalAs(UnmanagedType.U1)] bool training);
    [LibraryImport(Lib)]
    internal static partial int nt_dropout_(TensorHandle x, double p, [MarshalAs(UnmanagedType.U1)] bool training);
    [LibraryImport(Lib)]
    internal static partial nint nt_adaptive_avg_pool2d(TensorHandle x, ReadOnlySpan<long> size, int n);
    [LibraryImport(Lib)]
    internal static partial nint nt_avg_pool2d(TensorHandle x, ReadOnlySpan<long> kernel, int k, ReadOnlySpan<long> stride, int n,
        ReadOnlySpan<long> padding, int m, [MarshalAs(UnmanagedType.U1)] bool ceil, [MarshalAs(UnmanagedType.U1)] bool include_pad,
        ReadOnlySpan<long> divisor, int d);
    [LibraryImport(Lib)]
    internal static partial nint nt_max_pool2d(TensorHandle x, ReadOnlySpan<long> kernel, int k, ReadOnlySpan<long> stride, int n,
        ReadOnlySpan<long> padding, int m, ReadOnlySpan<long> dilation, int d, [MarshalAs(UnmanagedType.U1)] bool ceil);
    [LibraryImport(Lib)]
    internal static partial nint nt_pad(TensorHandle x, ReadOnlySpan<long> pad, int n, int mode, double value);
    [LibraryImport(Lib)]
    internal static partial nint nt_interpolate(TensorHandle x, ReadOnlySpan<long> size, int n, ReadOnlySpan<double> scale, int m, int mode,
        int align_corners, [MarshalAs(UnmanagedType.U1)] bool recompute, [MarshalAs(UnmanagedType.U1)] bool antialias);
    [LibraryImport(Lib)]
    internal static partial nint nt_grid_sample(TensorHandle x, TensorHandle grid, int mode, int padding,
        [MarshalAs(UnmanagedType.U1)] bool align_corners);
    [LibraryImport(Lib)]
    internal static partial nint nt_cross_entropy(TensorHandle x, TensorHandle target, TensorHandle weight, long ignore, long reduction,
        double smoothing);
    [LibraryImport(Lib)]
    internal static partial nint nt_nll_loss(TensorHandle x, TensorHandle target, TensorHandle weight, long reduction);
    [LibraryImport(Lib)]
    internal static partial nint nt_kl_div(TensorHandle x, TensorHandle target, [MarshalAs(UnmanagedType.U1)] bool log_target,
        long reduction);
    [LibraryImport(Lib)]
    internal static partial nint nt_mse_loss(TensorHandle x, TensorHandle target, long reduction);
    [LibraryImport(Lib)]
    internal static partial nint nt_l1_loss(TensorHandle x, TensorHandle target, long reduction);
    [LibraryImport(Lib)]
    internal static partial nint nt_smooth_l1_loss(TensorHandle x, TensorHandle target, long reduction, double beta);
    [LibraryImport(Lib)]
    internal static partial nint nt_bce_with_logits(TensorHandle x, TensorHandle target, TensorHandle weight, long reduction,
        TensorHandle positive);
    [LibraryImport(Lib)]
    internal static partial nint nt_one_hot(TensorHandle x, long classes);
    [LibraryImport(Lib)]
    internal static partial nint nt_attention(TensorHandle q, TensorHandle k, TensorHandle v, TensorHandle mask, double p,
        [MarshalAs(UnmanagedType.U1)] bool causal);
}
