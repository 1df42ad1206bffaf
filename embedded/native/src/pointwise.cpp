// Element by element: one number in, one number out.
#include "api.h"

#define UNARY(name) NT T_ nt_##name(T_ x) { RETURN_TENSOR(at::name(*x)); }
#define UNARY_(name) NT int nt_##name##_(T_ x) { RETURN_STATUS(x->name##_()); }
#define UNARY2(name) UNARY(name) UNARY_(name)
#define BINARY(name) NT T_ nt_##name(T_ x, T_ y) { RETURN_TENSOR(at::name(*x, *y)); }
#define BINARY_(name) NT int nt_##name##_(T_ x, T_ y) { RETURN_STATUS(x->name##_(*y)); }
#define BINARY2(name) BINARY(name) BINARY_(name)
#define SCALAR(name) NT T_ nt_##name##_s(T_ x, NtScalar y) { RETURN_TENSOR(at::name(*x, nt::scalar(y))); }
#define SCALAR_(name) NT int nt_##name##_s_(T_ x, NtScalar y) { RETURN_STATUS(x->name##_(nt::scalar(y))); }
#define SCALAR2(name) SCALAR(name) SCALAR_(name)
#define ALL4(name) BINARY2(name) SCALAR2(name)

UNARY2(abs) UNARY2(neg) UNARY2(exp) UNARY2(exp2) UNARY2(expm1) UNARY2(log) UNARY2(log2) UNARY2(log10) UNARY2(log1p)
UNARY2(sqrt) UNARY2(rsqrt) UNARY2(reciprocal) UNARY2(square) UNARY2(sign) UNARY2(floor) UNARY2(ceil) UNARY2(trunc) UNARY2(frac)
UNARY2(sin) UNARY2(cos) UNARY2(tan) UNARY2(asin) UNARY2(acos) UNARY2(atan) UNARY2(sinh) UNARY2(cosh) UNARY2(tanh)
UNARY2(erf) UNARY2(erfc) UNARY2(erfinv) UNARY2(sigmoid) UNARY2(relu) UNARY2(bitwise_not) UNARY2(logical_not)
UNARY(isnan) UNARY(isinf) UNARY(isfinite) UNARY(signbit) 
UNARY(relu6) UNARY(silu) UNARY(selu) UNARY(hardswish) UNARY(hardsigmoid) UNARY(mish)
UNARY(log_sigmoid)

NT T_ nt_gelu(T_ x, bool tanh) { RETURN_TENSOR(at::gelu(*x, tanh ? "tanh" : "none")); }
NT int nt_gelu_(T_ x, bool tanh) { RETURN_STATUS(at::gelu_(*x, tanh ? "tanh" : "none")); }
NT int nt_silu_(T_ x) { RETURN_STATUS(at::silu_(*x)); }
NT T_ nt_leaky_relu(T_ x, NtScalar slope) { RETURN_TENSOR(at::leaky_relu(*x, nt::scalar(slope))); }
NT T_ nt_elu(T_ x, NtScalar alpha) { RETURN_TENSOR(at::elu(*x, nt::scalar(alpha))); }
NT T_ nt_softplus(T_ x, double beta, double threshold) { RETURN_TENSOR(at::softplus(*x, beta, threshold)); }
NT T_ nt_hardtanh(T_ x, NtScalar low, NtScalar high) { RETURN_TENSOR(at::hardtanh(*x, nt::scalar(low), nt::scalar(high))); }
NT T_ nt_round(T_ x, int64_t decimals) { RETURN_TENSOR(decimals ? at::round(*x, decimals) : at::round(*x)); }
NT int nt_round_(T_ x, int64_t decimals) { RETURN_STATUS(decimals ? x->round_(decimals) : x->round_()); }
NT T_ nt_nan_to_num(T_ x, double nan, NtScalar posinf, NtScalar neginf) {
  RETURN_TENSOR(at::nan_to_num(*x, nan, posinf.kind < 0 ? nt::opt<double>() : nt::opt<double>(nt::scalar(posinf).toDouble()),
                        neginf.kind < 0 ? nt::opt<double>() : nt::opt<double>(nt::scalar(neginf).toDouble())));
}

// at::add and at::sub carry a factor for the right side; torch's 1 is the cheap path.
NT T_ nt_add(T_ x, T_ y) { RETURN_TENSOR(at::add(*x, *y)); }
NT T_ nt_add_a(T_ x, T_ y, NtScalar alpha) { RETURN_TENSOR(at::add(*x, *y, nt::scalar(alpha))); }
NT T_ nt_add_s(T_ x, NtScalar y, NtScalar alpha) { RETURN_TENSOR(at::add(*x, nt::scalar(y), nt::scalar(alpha))); }
NT int nt_add_(T_ x, T_ y) { RETURN_STATUS(x->add_(*y)); }
NT int nt_add_a_(T_ x, T_ y, NtScalar alpha) { RETURN_STATUS(x->add_(*y, nt::scalar(alpha))); }
NT int nt_add_s_(T_ x, NtScalar y, NtScalar alpha) { RETURN_STATUS(x->add_(nt::scalar(y), nt::scalar(alpha))); }
BINARY2(sub) SCALAR2(sub) BINARY2(mul) SCALAR2(mul) ALL4(pow) ALL4(remainder) ALL4(fmod) ALL4(floor_divide)

// Rounding: 0 none (true division), 1 towards zero, 2 down.
#define DIVIDE(div, y) (mode == 0 ? div(y) : mode == 1 ? div(y, "trunc") : div(y, "floor"))
NT T_ nt_div(T_ x, T_ y, int mode) { RETURN_TENSOR(DIVIDE(x->div, *y)); }
NT int nt_div_(T_ x, T_ y, int mode) { RETURN_STATUS(DIVIDE(x->div_, *y)); }
NT T_ nt_div_s(T_ x, NtScalar y, int mode) { RETURN_TENSOR(DIVIDE(x->div, nt::scalar(y))); }
NT int nt_div_s_(T_ x, NtScalar y, int mode) { RETURN_STATUS(DIVIDE(x->div_, nt::scalar(y))); }

ALL4(eq) ALL4(ne) ALL4(lt) ALL4(le) ALL4(gt) ALL4(ge)
BINARY2(logical_and) BINARY2(logical_or) BINARY2(logical_xor)
BINARY2(bitwise_and) BINARY2(bitwise_or) BINARY2(bitwise_xor) BINARY2(bitwise_left_shift) BINARY2(bitwise_right_shift)
BINARY(maximum) BINARY(minimum) BINARY(fmax) BINARY(fmin) BINARY(logaddexp) BINARY(atan2) BINARY2(xlogy) BINARY(hypot)

NT T_ nt_addcmul(T_ x, T_ a, T_ b, NtScalar value) { RETURN_TENSOR(at::addcmul(*x, *a, *b, nt::scalar(value))); }
NT int nt_addcmul_(T_ x, T_ a, T_ b, NtScalar value) { RETURN_STATUS(x->addcmul_(*a, *b, nt::scalar(value))); }
NT T_ nt_addcdiv(T_ x, T_ a, T_ b, NtScalar value) { RETURN_TENSOR(at::addcdiv(*x, *a, *b, nt::scalar(value))); }
NT int nt_addcdiv_(T_ x, T_ a, T_ b, NtScalar value) { RETURN_STATUS(x->addcdiv_(*a, *b, nt::scalar(value))); }
NT T_ nt_lerp(T_ x, T_ end, T_ weight) { RETURN_TENSOR(at::lerp(*x, *end, *weight)); }
NT int nt_lerp_(T_ x, T_ end, T_ weight) { RETURN_STATUS(x->lerp_(*end, *weight)); }
NT T_ nt_clamp(T_ x, NtScalar min, NtScalar max) { RETURN_TENSOR(at::clamp(*x, nt::optional_scalar(min), nt::optional_scalar(max))); }
NT int nt_clamp_(T_ x, NtScalar min, NtScalar max) { RETURN_STATUS(x->clamp_(nt::optional_scalar(min), nt::optional_scalar(max))); }
NT T_ nt_clamp_t(T_ x, O_ min, O_ max) { RETURN_TENSOR(at::clamp(*x, nt::optional_tensor(min), nt::optional_tensor(max))); }
NT int nt_clamp_t_(T_ x, O_ min, O_ max) { RETURN_STATUS(x->clamp_(nt::optional_tensor(min), nt::optional_tensor(max))); }
NT T_ nt_where(T_ condition, T_ x, T_ y) { RETURN_TENSOR(at::where(*condition, *x, *y)); }
NT int nt_fill_(T_ x, NtScalar value) { RETURN_STATUS(x->fill_(nt::scalar(value))); }
NT int nt_zero_(T_ x) { RETURN_STATUS(x->zero_()); }
NT T_ nt_isclose(T_ x, T_ y, double rtol, double atol, bool equal_nan) { RETURN_TENSOR(at::isclose(*x, *y, rtol, atol, equal_nan)); }
NT int nt_allclose(T_ x, T_ y, double rtol, double atol, bool equal_nan, int* out) { RETURN_STATUS(*out = at::allclose(*x, *y, rtol, atol,
    equal_nan)); }
NT int nt_equal(T_ x, T_ y, int* out) { RETURN_STATUS(*out = at::equal(*x, *y)); }
