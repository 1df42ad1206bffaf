namespace TorchSharp;

public static partial class torch
{
    // The operations as functions: two tensors, or a tensor and a number.
    public static Tensor add(Tensor left, Tensor right) => left.add(right);
    public static Tensor add(Tensor left, Scalar right) => left.add(right);
    public static Tensor sub(Tensor left, Tensor right) => left.sub(right);
    public static Tensor sub(Tensor left, Scalar right) => left.sub(right);
    public static Tensor mul(Tensor left, Tensor right) => left.mul(right);
    public static Tensor mul(Tensor left, Scalar right) => left.mul(right);
    public static Tensor eq(Tensor left, Tensor right) => left.eq(right);
    public static Tensor eq(Tensor left, Scalar right) => left.eq(right);
    public static Tensor ne(Tensor left, Tensor right) => left.ne(right);
    public static Tensor ne(Tensor left, Scalar right) => left.ne(right);
    public static Tensor lt(Tensor left, Tensor right) => left.lt(right);
    public static Tensor lt(Tensor left, Scalar right) => left.lt(right);
    public static Tensor le(Tensor left, Tensor right) => left.le(right);
    public static Tensor le(Tensor left, Scalar right) => left.le(right);
    public static Tensor gt(Tensor left, Tensor right) => left.gt(right);
    public static Tensor gt(Tensor left, Scalar right) => left.gt(right);
    public static Tensor ge(Tensor left, Tensor right) => left.ge(right);
    public static Tensor ge(Tensor left, Scalar right) => left.ge(right);
    public static Tensor pow(Tensor left, Tensor right) => left.pow(right);
    public static Tensor pow(Tensor left, Scalar right) => left.pow(right);
    public static Tensor remainder(Tensor left, Tensor right) => left.remainder(right);
    public static Tensor remainder(Tensor left, Scalar right) => left.remainder(right);
    public static Tensor fmod(Tensor left, Tensor right) => left.fmod(right);
    public static Tensor fmod(Tensor left, Scalar right) => left.fmod(right);
    public static Tensor floor_divide(Tensor left, Tensor right) => left.floor_divide(right);
    public static Tensor floor_divide(Tensor left, Scalar right) => left.floor_divide(right);
    public static Tensor add(Tensor left, Tensor right, Scalar alpha) => left.add(right, alpha);
    public static Tensor div(Tensor left, Tensor right, RoundingMode rounding_mode = RoundingMode.None) => left.div(right, rounding_mode);
    public static Tensor div(Tensor left, Scalar right, RoundingMode rounding_mode = RoundingMode.None) => left.div(right, rounding_mode);
    public static Tensor maximum(Tensor input, Tensor other) => input.maximum(other);
    public static Tensor minimum(Tensor input, Tensor other) => input.minimum(other);
    public static Tensor fmax(Tensor input, Tensor other) => input.fmax(other);
    public static Tensor fmin(Tensor input, Tensor other) => input.fmin(other);
    public static Tensor logaddexp(Tensor input, Tensor other) => input.logaddexp(other);
    public static Tensor hypot(Tensor input, Tensor other) => input.hypot(other);
    public static Tensor atan2(Tensor input, Tensor other) => input.atan2(other);
    public static Tensor xlogy(Tensor input, Tensor other) => input.xlogy(other);
    public static Tensor logical_and(Tensor input, Tensor other) => input.logical_and(other);
    public static Tensor logical_or(Tensor input, Tensor other) => input.logical_or(other);
    public static Tensor logical_xor(Tensor input, Tensor other) => input.logical_xor(other);
    public static Tensor bitwise_and(Tensor input, Tensor other) => input.bitwise_and(other);
    public static Tensor bitwise_or(Tensor input, Tensor other) => input.bitwise_or(other);
    public static Tensor bitwise_xor(Tensor input, Tensor other) => input.bitwise_xor(other);
    public static Tensor matmul(Tensor input, Tensor other) => input.matmul(other);
    public static Tensor mm(Tensor input, Tensor other) => input.mm(other);
    public static Tensor mv(Tensor input, Tensor other) => input.mv(other);
    public static Tensor dot(Tensor input, Tensor other) => input.dot(other);
    public static Tensor outer(Tensor input, Tensor other) => input.outer(other);
    public static Tensor bmm(Tensor input, Tensor other) => input.bmm(other);
    public static Tensor equal(Tensor input, Tensor other) => input.equal(other);
    public static Tensor not_equal(Tensor input, Tensor other) => input.not_equal(other);
    public static Tensor less(Tensor input, Tensor other) => input.less(other);
    public static Tensor less_equal(Tensor input, Tensor other) => input.less_equal(other);
    public static Tensor greater(Tensor input, Tensor other) => input.greater(other);
    public static Tensor greater_equal(Tensor input, Tensor other) => input.greater_equal(other);
    public static Tensor min(Tensor input, Tensor other) => input.minimum(other);
    public static Tensor max(Tensor input, Tensor other) => input.maximum(other);
    public static Tensor addcmul(Tensor input, Tensor tensor1, Tensor tensor2, Scalar value) => input.addcmul(tensor1, tensor2, value);
    public static Tensor addcmul_(Tensor input, Tensor tensor1, Tensor tensor2, Scalar value) => input.addcmul_(tensor1, tensor2, value);
    public static Tensor addcdiv(Tensor input, Tensor tensor1, Tensor tensor2, Scalar value) => input.addcdiv(tensor1, tensor2, value);
    public static Tensor addcdiv_(Tensor input, Tensor tensor1, Tensor tensor2, Scalar value) => input.addcdiv_(tensor1, tensor2, value);
    public static Tensor addmm(Tensor input, Tensor mat1, Tensor mat2, float beta, float alpha) => input.addmm(mat1, mat2, beta, alpha);
    public static Tensor lerp(Tensor input, Tensor end, Tensor weight) => input.lerp(end, weight);
    public static Tensor clamp(Tensor input, Scalar? min = null, Scalar? max = null) => input.clamp(min, max);
    public static Tensor clamp_(Tensor input, Scalar? min = null, Scalar? max = null) => input.clamp_(min, max);
    public static Tensor where(Tensor condition, Tensor x, Tensor y) => x.where(condition, y);
    public static bool allclose(Tensor tensor, Tensor target, double rtol = 1e-05, double atol = 1e-08, bool equal_nan = false) =>
        tensor.allclose(target, rtol, atol, equal_nan);
    public static Tensor isclose(Tensor tensor, Tensor other, double rtol = 1e-05, double atol = 1e-08, bool nanEqual = false) =>
        tensor.isclose(other, rtol, atol, nanEqual);
    public static Tensor isin(Tensor tensor, Tensor test_elements, bool assumeUnique = false, bool invert = false) =>
        tensor.isin(test_elements, assumeUnique, invert);
}
