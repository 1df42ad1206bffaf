using System.Runtime.InteropServices;

namespace TorchSharp.Native;

// Element by element: see embedded/native/src/pointwise.cpp.
internal static partial class NativeMethods
{
    [LibraryImport(Lib)]
    internal static partial nint nt_abs(TensorHandle x);
    [LibraryImport(Lib)]
    internal static partial int nt_abs_(TensorHandle x);
    [LibraryImport(Lib)]
    internal static partial nint nt_neg(TensorHandle x);
    [LibraryImport(Lib)]
    internal static partial int nt_neg_(TensorHandle x);
    [LibraryImport(Lib)]
    internal static partial nint nt_exp(TensorHandle x);
    [LibraryImport(Lib)]
    internal static partial int nt_exp_(TensorHandle x);
    [LibraryImport(Lib)]
    internal static partial nint nt_exp2(TensorHandle x);
    [LibraryImport(Lib)]
    internal static partial int nt_exp2_(TensorHandle x);
    [LibraryImport(Lib)]
    internal static partial nint nt_expm1(TensorHandle x);
    [LibraryImport(Lib)]
    internal static partial int nt_expm1_(TensorHandle x);
    [LibraryImport(Lib)]
    internal static partial nint nt_log(TensorHandle x);
    [LibraryImport(Lib)]
    internal static partial int nt_log_(TensorHandle x);
    [LibraryImport(Lib)]
    internal static partial nint nt_log2(TensorHandle x);
    [LibraryImport(Lib)]
    internal static partial int nt_log2_(TensorHandle x);
    [LibraryImport(Lib)]
    internal static partial nint nt_log10(TensorHandle x);
    [LibraryImport(Lib)]
    internal static partial int nt_log10_(TensorHandle x);
    [LibraryImport(Lib)]
    internal static partial nint nt_log1p(TensorHandle x);
    [LibraryImport(Lib)]
    internal static partial int nt_log1p_(TensorHandle x);
    [LibraryImport(Lib)]
    internal static partial nint nt_sqrt(TensorHandle x);
    [LibraryImport(Lib)]
    internal static partial int nt_sqrt_(TensorHandle x);
    [LibraryImport(Lib)]
    internal static partial nint nt_rsqrt(TensorHandle x);
    [LibraryImport(Lib)]
    internal static partial int nt_rsqrt_(TensorHandle x);
    [LibraryImport(Lib)]
    internal static partial nint nt_reciprocal(TensorHandle x);
    [LibraryImport(Lib)]
    internal static partial int nt_reciprocal_(TensorHandle x);
    [LibraryImport(Lib)]
    internal static partial nint nt_square(TensorHandle x);
    [LibraryImport(Lib)]
    internal static partial int nt_square_(TensorHandle x);
    [LibraryImport(Lib)]
    internal static partial nint nt_sign(TensorHandle x);
    [LibraryImport(Lib)]
    internal static partial int nt_sign_(TensorHandle x);
    [LibraryImport(Lib)]
    internal static partial nint nt_floor(TensorHandle x);
    [LibraryImport(Lib)]
    internal static partial int nt_floor_(TensorHandle x);
    [LibraryImport(Lib)]
    internal static partial nint nt_ceil(TensorHandle x);
    [LibraryImport(Lib)]
    internal static partial int nt_ceil_(TensorHandle x);
    [LibraryImport(Lib)]
    internal static partial nint nt_trunc(TensorHandle x);
    [LibraryImport(Lib)]
    internal static partial int nt_trunc_(TensorHandle x);
    [LibraryImport(Lib)]
    internal static partial nint nt_frac(TensorHandle x);
    [LibraryImport(Lib)]
    internal static partial int nt_frac_(TensorHandle x);
    [LibraryImport(Lib)]
    internal static partial nint nt_sin(TensorHandle x);
    [LibraryImport(Lib)]
    internal static partial int nt_sin_(TensorHandle x);
    [LibraryImport(Lib)]
    internal static partial nint nt_cos(TensorHandle x);
    [LibraryImport(Lib)]
    internal static partial int nt_cos_(TensorHandle x);
    [LibraryImport(Lib)]
    internal static partial nint nt_tan(TensorHandle x);
    [LibraryImport(Lib)]
    internal static partial int nt_tan_(TensorHandle x);
    [LibraryImport(Lib)]
    internal static partial nint nt_asin(TensorHandle x);
    [LibraryImport(Lib)]
    internal static partial int nt_asin_(TensorHandle x);
    [LibraryImport(Lib)]
    internal static partial nint nt_acos(TensorHandle x);
    [LibraryImport(Lib)]
    internal static partial int nt_acos_(TensorHandle x);
    [LibraryImport(Lib)]
    internal static partial nint nt_atan(TensorHandle x);
    [LibraryImport(Lib)]
    internal static partial int nt_atan_(TensorHandle x);
    [LibraryImport(Lib)]
    internal static partial nint nt_sinh(TensorHandle x);
    [LibraryImport(Lib)]
    internal static partial int nt_sinh_(TensorHandle x);
    [LibraryImport(Lib)]
    internal static partial nint nt_cosh(TensorHandle x);
    [LibraryImport(Lib)]
    internal static partial int nt_cosh_(TensorHandle x);
    [LibraryImport(Lib)]
    internal static partial nint nt_tanh(TensorHandle x);
    [LibraryImport(Lib)]
    internal static partial int nt_tanh_(TensorHandle x);
    [LibraryImport(Lib)]
    internal static partial nint nt_erf(TensorHandle x);
    [LibraryImport(Lib)]
    internal static partial int nt_erf_(TensorHandle x);
    [LibraryImport(Lib)]
    internal static partial nint nt_erfc(TensorHandle x);
    [LibraryImport(Lib)]
    internal static partial int nt_erfc_(TensorHandle x);
    [LibraryImport(Lib)]
    internal static partial nint nt_erfinv(TensorHandle x);
    [LibraryImport(Lib)]
    internal static partial int nt_erfinv_(TensorHandle x);
    [LibraryImport(Lib)]
    internal static partial nint nt_sigmoid(TensorHandle x);
    [LibraryImport(Lib)]
    internal static partial int nt_sigmoid_(TensorHandle x);
    [LibraryImport(Lib)]
    internal static partial nint nt_relu(TensorHandle x);
    [LibraryImport(Lib)]
    internal static partial int nt_relu_(TensorHandle x);
    [LibraryImport(Lib)]
    internal static partial nint nt_bitwise_not(TensorHandle x);
    [LibraryImport(Lib)]
    internal static partial int nt_bitwise_not_(TensorHandle x);
    [LibraryImport(Lib)]
    internal static partial nint nt_logical_not(TensorHandle x);
    [LibraryImport(Lib)]
    internal static partial int nt_logical_not_(TensorHandle x);
    [LibraryImport(Lib)]
    internal static partial nint nt_isnan(TensorHandle x);
    [LibraryImport(Lib)]
    internal static partial nint nt_isinf(TensorHandle x);
    [LibraryImport(Lib)]
    internal static partial nint nt_isfinite(TensorHandle x);
    [LibraryImport(Lib)]
    internal static partial nint nt_signbit(TensorHandle x);
    [LibraryImport(Lib)]
    internal static partial nint nt_relu6(TensorHandle x);
    [LibraryImport(Lib)]
    internal static partial nint nt_silu(TensorHandle x);
    [LibraryImport(Lib)]
    internal static partial nint nt_selu(TensorHandle x);
    [LibraryImport(Lib)]
    internal static partial nint nt_hardswish(TensorHandle x);
    [LibraryImport(Lib)]
    internal static partial nint nt_hardsigmoid(TensorHandle x);
    [LibraryImport(Lib)]
    internal static partial nint nt_mish(TensorHandle x);
    [LibraryImport(Lib)]
    internal static partial nint nt_log_sigmoid(TensorHandle x);
    [LibraryImport(Lib)]
    internal static partial nint nt_gelu(TensorHandle x, [MarshalAs(UnmanagedType.U1)] bool tanh);
    [LibraryImport(Lib)]
    internal static partial int nt_gelu_(TensorHandle x, [MarshalAs(UnmanagedType.U1)] bool tanh);
    [LibraryImport(Lib)]
    internal static partial int nt_silu_(TensorHandle x);
    [LibraryImport(Lib)]
    internal static partial nint nt_leaky_relu(TensorHandle x, NativeScalar slope);
    [LibraryImport(Lib)]
    internal static partial nint nt_elu(TensorHandle x, NativeScalar alpha);
    [LibraryImport(Lib)]
    internal static partial nint nt_softplus(TensorHandle x, double beta, double threshold);
    [LibraryImport(Lib)]
    internal static partial nint nt_hardtanh(TensorHandle x, NativeScalar low, NativeScalar high);
    [LibraryImport(Lib)]
    internal static partial nint nt_round(TensorHandle x, long decimals);
    [LibraryImport(Lib)]
    internal static partial int nt_round_(TensorHandle x, long decimals);
    [LibraryImport(Lib)]
    internal static partial nint nt_nan_to_num(TensorHandle x, double nan, NativeScalar posinf, NativeScalar neginf);
    [LibraryImport(Lib)]
    internal static partial nint nt_add(TensorHandle x, TensorHandle y);
    [LibraryImport(Lib)]
    internal static partial nint nt_add_a(TensorHandle x, TensorHandle y, NativeScalar alpha);
    [LibraryImport(Lib)]
    internal static partial nint nt_add_s(TensorHandle x, NativeScalar y, NativeScalar alpha);
    [LibraryImport(Lib)]
    internal static partial int nt_add_(TensorHandle x, TensorHandle y);
    [LibraryImport(Lib)]
    internal static partial int nt_add_a_(TensorHandle x, TensorHandle y, NativeScalar alpha);
}
