using TorchSharp.Native;
using static TorchSharp.Native.NativeMethods;

namespace TorchSharp;

public static partial class torch
{
    // Two tensors, or a tensor and a number, element by element.
    public partial class Tensor
    {
        public Tensor add(Tensor target) => Wrap(nt_add(H, target.H));
        public Tensor add(Tensor target, Scalar alpha) => Wrap(nt_add_a(H, target.H, alpha));
        public Tensor add(Scalar scalar) => Wrap(nt_add_s(H, scalar, NativeScalar.One));
        public Tensor add(Scalar scalar, Scalar alpha) => Wrap(nt_add_s(H, scalar, alpha));
        public Tensor add_(Tensor target) => Done(nt_add_(H, target.H));
        public Tensor add_(Tensor target, Scalar alpha) => Done(nt_add_a_(H, target.H, alpha));
        public Tensor add_(Scalar scalar) => Done(nt_add_s_(H, scalar, NativeScalar.One));
        public Tensor add_(Scalar scalar, Scalar alpha) => Done(nt_add_s_(H, scalar, alpha));

        public Tensor sub(Tensor target) => Wrap(nt_sub(H, target.H));
        public Tensor sub(Scalar target) => Wrap(nt_sub_s(H, target));
        public Tensor sub_(Tensor target) => Done(nt_sub_(H, target.H));
        public Tensor sub_(Scalar target) => Done(nt_sub_s_(H, target));

        public Tensor mul(Tensor target) => Wrap(nt_mul(H, target.H));
        public Tensor mul(Scalar target) => Wrap(nt_mul_s(H, target));
        public Tensor mul_(Tensor target) => Done(nt_mul_(H, target.H));
        public Tensor mul_(Scalar target) => Done(nt_mul_s_(H, target));

        public Tensor subtract(Tensor target) => sub(target);
        public Tensor subtract(Scalar target) => sub(target);
        public Tensor subtract_(Tensor target) => sub_(target);
        public Tensor subtract_(Scalar target) => sub_(target);
        public Tensor multiply(Tensor target) => mul(target);
        public Tensor multiply(Scalar target) => mul(target);

        public Tensor div(Tensor target, RoundingMode rounding_mode = RoundingMode.None) => Wrap(nt_div(H, target.H, (int)rounding_mode));
        public Tensor div(Scalar target, RoundingMode rounding_mode = RoundingMode.None) => Wrap(nt_div_s(H, target, (int)rounding_mode));
        public Tensor div_(Tensor target, RoundingMode rounding_mode = RoundingMode.None) => Done(nt_div_(H, target.H, (int)rounding_mode));
        public Tensor div_(Scalar target, RoundingMode rounding_mode = RoundingMode.None) => Done(nt_div_s_(H, target, (int)rounding_mode));
        public Tensor divide(Tensor target, RoundingMode rounding_mode = RoundingMode.None) => div(target, rounding_mode);
        public Tensor divide(Scalar target, RoundingMode rounding_mode = RoundingMode.None) => div(target, rounding_mode);
        public Tensor divide_(Tensor target, RoundingMode rounding_mode = RoundingMode.None) => div_(target, rounding_mode);
        public Tensor divide_(Scalar target, RoundingMode rounding_mode = RoundingMode.None) => div_(target, rounding_mode);
        public Tensor true_divide(Tensor other) => div(other);
        public Tensor true_divide(Scalar other) => div(other);
        public Tensor true_divide_(Tensor other) => div_(other);
        public Tensor true_divide_(Scalar other) => div_(other);

        public Tensor pow(Tensor exponent) => Wrap(nt_pow(H, exponent.H));
        public Tensor pow(Scalar exponent) => Wrap(nt_pow_s(H, exponent));
        public Tensor pow_(Tensor exponent) => Done(nt_pow_(H, exponent.H));
        public Tensor pow_(Scalar exponent) => Done(nt_pow_s_(H, exponent));

        public Tensor remainder(Tensor target) => Wrap(nt_remainder(H, target.H));
        public Tensor remainder(Scalar scalar) => Wrap(nt_remainder_s(H, scalar));
        public Tensor remainder_(Tensor target) => Done(nt_remainder_(H, target.H));
        public Tensor remainder_(Scalar scalar) => Done(nt_remainder_s_(H, scalar));

        public Tensor fmod(Tensor target) => Wrap(nt_fmod(H, target.H));
        public Tensor fmod(Scalar scalar) => Wrap(nt_fmod_s(H, scalar));
        public Tensor fmod_(Tensor target) => Done(nt_fmod_(H, target.H));
        public Tensor fmod_(Scalar scalar) => Done(nt_fmod_s_(H, scalar));

        public Tensor floor_divide(Tensor other) => Wrap(nt_floor_divide(H, other.H));
        public Tensor floor_divide(Scalar other) => Wrap(nt_floor_divide_s(H, other));
        public Tensor floor_divide_(Tensor other) => Done(nt_floor_divide_(H, other.H));
        public Tensor floor_divide_(Scalar other) => Done(nt_floor_divide_s_(H, other));

        public Tensor addcmul(Tensor tensor1, Tensor tensor2, Scalar value) => Wrap(nt_addcmul(H, tensor1.H, tensor2.H, value));
        public Tensor addcmul_(Tensor tensor1, Tensor tensor2, Scalar value) => Done(nt_addcmul_(H, tensor1.H, tensor2.H, value));
        public Tensor addcdiv(Tensor tensor1, Tensor tensor2, Scalar value) => Wrap(nt_addcdiv(H, tensor1.H, tensor2.H, value));
        public Tensor addcdiv(Tensor tensor1, Tensor tensor2) => Wrap(nt_addcdiv(H, tensor1.H, tensor2.H, NativeScalar.One));
        public Tensor addcdiv_(Tensor tensor1, Tensor tensor2, Scalar value) => Done(nt_addcdiv_(H, tensor1.H, tensor2.H, value));
        public Tensor addcdiv_(Tensor tensor1, Tensor tensor2) => Done(nt_addcdiv_(H, tensor1.H, tensor2.H, NativeScalar.One));
        public Tensor lerp(Tensor end, Tensor weight) => Wrap(nt_lerp(H, end.H, weight.H));
        public Tensor lerp_(Tensor end, Tensor weight) => Done(nt_lerp_(H, end.H, weight.H));

        public Tensor clamp(Scalar? min = null, Scalar? max = null) => Wrap(nt_clamp(H, min, max));
        public Tensor clamp(Tensor? min = null, Tensor? max = null) =>
            Wrap(nt_clamp_t(H, min?.H ?? TensorHandle.None, max?.H ?? TensorHandle.None));
        public Tensor clip(Scalar? min = null, Scalar? max = null) => clamp(min, max);
        public Tensor clamp_(Scalar? min = null, Scalar? max = null) => Done(nt_clamp_(H, min, max));
        public Tensor clamp_(Tensor? min = null, Tensor? max = null) =>
            Done(nt_clamp_t_(H, min?.H ?? TensorHandle.None, max?.H ?? TensorHandle.None));
        public Tensor clamp_max(Scalar max) => clamp(null, max);
        public Tensor clamp_max_(Scalar max) => clamp_(null, max);
        public Tensor clamp_min(Scalar min) => clamp(min, null);
        public Tensor clamp_min_(Scalar min) => clamp_(min, null);

        public Tensor where(Tensor condition, Tensor y) => Wrap(nt_where(condition.H, H, y.H));
        public Tensor fill_(Scalar value) => Done(nt_fill_(H, value));
        public Tensor zero_() => Done(nt_zero_(H));
        public Tensor maximum(Tensor other) => Wrap(nt_maximum(H, other.H));
        public Tensor minimum(Tensor other) => Wrap(nt_minimum(H, other.H));
        public Tensor fmax(Tensor other) => Wrap(nt_fmax(H, other.H));
        public Tensor fmin(Tensor other) => Wrap(nt_fmin(H, other.H));
        public Tensor logaddexp(Tensor other) => Wrap(nt_logaddexp(H, other.H));
        public Tensor hypot(Tensor other) => Wrap(nt_hypot(H, other.H));
        public Tensor atan2(Tensor other) => Wrap(nt_atan2(H, other.H));
        public Tensor xlogy(Tensor y) => Wrap(nt_xlogy(H, y.H));
        public Tensor xlogy_(Tensor y) => Done(nt_xlogy_(H, y.H));
    }
}
