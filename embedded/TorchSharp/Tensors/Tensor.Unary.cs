using TorchSharp.Native;
using static TorchSharp.Native.NativeMethods;

namespace TorchSharp;

public static partial class torch
{
    // One tensor in, one of the same shape out.
    public partial class Tensor
    {
        public Tensor abs() => Wrap(nt_abs(H));
        public Tensor abs_() => Done(nt_abs_(H));
        public Tensor neg() => Wrap(nt_neg(H));
        public Tensor neg_() => Done(nt_neg_(H));
        public Tensor exp() => Wrap(nt_exp(H));
        public Tensor exp_() => Done(nt_exp_(H));
        public Tensor exp2() => Wrap(nt_exp2(H));
        public Tensor exp2_() => Done(nt_exp2_(H));
        public Tensor expm1() => Wrap(nt_expm1(H));
        public Tensor expm1_() => Done(nt_expm1_(H));
        public Tensor log() => Wrap(nt_log(H));
        public Tensor log_() => Done(nt_log_(H));
        public Tensor log2() => Wrap(nt_log2(H));
        public Tensor log2_() => Done(nt_log2_(H));
        public Tensor log10() => Wrap(nt_log10(H));
        public Tensor log10_() => Done(nt_log10_(H));
        public Tensor log1p() => Wrap(nt_log1p(H));
        public Tensor log1p_() => Done(nt_log1p_(H));
        public Tensor sqrt() => Wrap(nt_sqrt(H));
        public Tensor sqrt_() => Done(nt_sqrt_(H));
        public Tensor rsqrt() => Wrap(nt_rsqrt(H));
        public Tensor rsqrt_() => Done(nt_rsqrt_(H));
        public Tensor reciprocal() => Wrap(nt_reciprocal(H));
        public Tensor reciprocal_() => Done(nt_reciprocal_(H));
        public Tensor sign() => Wrap(nt_sign(H));
        public Tensor sign_() => Done(nt_sign_(H));
        public Tensor floor() => Wrap(nt_floor(H));
        public Tensor floor_() => Done(nt_floor_(H));
        public Tensor ceil() => Wrap(nt_ceil(H));
        public Tensor ceil_() => Done(nt_ceil_(H));
        public Tensor trunc() => Wrap(nt_trunc(H));
        public Tensor trunc_() => Done(nt_trunc_(H));
        public Tensor frac() => Wrap(nt_frac(H));
        public Tensor frac_() => Done(nt_frac_(H));
        public Tensor sin() => Wrap(nt_sin(H));
        public Tensor sin_() => Done(nt_sin_(H));
        public Tensor cos() => Wrap(nt_cos(H));
        public Tensor cos_() => Done(nt_cos_(H));
        public Tensor tan() => Wrap(nt_tan(H));
        public Tensor tan_() => Done(nt_tan_(H));
        public Tensor asin() => Wrap(nt_asin(H));
        public Tensor asin_() => Done(nt_asin_(H));
        public Tensor acos() => Wrap(nt_acos(H));
        public Tensor acos_() => Done(nt_acos_(H));
        public Tensor atan() => Wrap(nt_atan(H));
        public Tensor atan_() => Done(nt_atan_(H));
        public Tensor sinh() => Wrap(nt_sinh(H));
        public Tensor sinh_() => Done(nt_sinh_(H));
        public Tensor cosh() => Wrap(nt_cosh(H));
        public Tensor cosh_() => Done(nt_cosh_(H));
        public Tensor tanh() => Wrap(nt_tanh(H));
        public Tensor tanh_() => Done(nt_tanh_(H));
        public Tensor erf() => Wrap(nt_erf(H));
        public Tensor erf_() => Done(nt_erf_(H));
        public Tensor erfc() => Wrap(nt_erfc(H));
        public Tensor erfc_() => Done(nt_erfc_(H));
        public Tensor erfinv() => Wrap(nt_erfinv(H));
        public Tensor erfinv_() => Done(nt_erfinv_(H));
        public Tensor sigmoid() => Wrap(nt_sigmoid(H));
        public Tensor sigmoid_() => Done(nt_sigmoid_(H));
        public Tensor relu() => Wrap(nt_relu(H));
        public Tensor relu_() => Done(nt_relu_(H));
        public Tensor bitwise_not() => Wrap(nt_bitwise_not(H));
        public Tensor bitwise_not_() => Done(nt_bitwise_not_(H));
        public Tensor logical_not() => Wrap(nt_logical_not(H));
        public Tensor logical_not_() => Done(nt_logical_not_(H));
        public Tensor isnan() => Wrap(nt_isnan(H));
        public Tensor isinf() => Wrap(nt_isinf(H));
        public Tensor isfinite() => Wrap(nt_isfinite(H));
        public Tensor signbit() => Wrap(nt_signbit(H));
        public Tensor relu6() => Wrap(nt_relu6(H));
        public Tensor silu() => Wrap(nt_silu(H));
        public Tensor selu() => Wrap(nt_selu(H));
        public Tensor hardswish() => Wrap(nt_hardswish(H));
        public Tensor hardsigmoid() => Wrap(nt_hardsigmoid(H));
        public Tensor log_sigmoid() => Wrap(nt_log_sigmoid(H));
        public Tensor absolute() => abs();
        public Tensor negative() => neg();
        public static Tensor operator -(Tensor tensor) => tensor.neg();
        public Tensor square() => Wrap(nt_square(H));
        public Tensor fix() => trunc();
        public Tensor silu_() => Done(nt_silu_(H));
        public Tensor gelu() => Wrap(nt_gelu(H, false));
        public Tensor gelu_() => Done(nt_gelu_(H, false));
        public Tensor leaky_relu(Scalar negative_slope) => Wrap(nt_leaky_relu(H, negative_slope));
        public Tensor elu(double alpha = 1) => Wrap(nt_elu(H, alpha));
        public Tensor softplus(double beta = 1, double threshold = 20) => Wrap(nt_softplus(H, beta, threshold));
        public Tensor hardtanh(Scalar min, Scalar max) => Wrap(nt_hardtanh(H, min, max));
        public Tensor round(long decimals = 0L) => Wrap(nt_round(H, decimals));
        public Tensor round_(long decimals = 0L) => Done(nt_round_(H, decimals));
        public Tensor isposinf() => eq(double.PositiveInfinity);
        public Tensor isneginf() => eq(double.NegativeInfinity);
        public Tensor nan_to_num(double nan = 0d, double? posinf = null, double? neginf = null) =>
            Wrap(nt_nan_to_num(H, nan, posinf is { } p ? p : NativeScalar.None, neginf is { } n ? n : NativeScalar.None));
        public Tensor softmax(long dim, ScalarType? dtype = null) => Wrap(nt_softmax(H, dim, (int?)dtype ?? -1));
        public Tensor log_softmax(long dim, ScalarType? dtype = null) => Wrap(nt_log_softmax(H, dim, (int?)dtype ?? -1));
    }
}
