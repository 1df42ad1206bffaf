using static TorchSharp.Native.NativeMethods;

namespace TorchSharp;

public static partial class torch
{
    // Comparisons and logic: tensors of booleans.
    public partial class Tensor
    {
        public Tensor eq(Tensor target) => Wrap(nt_eq(H, target.H));
        public Tensor eq(Scalar target) => Wrap(nt_eq_s(H, target));
        public Tensor eq_(Tensor target) => Done(nt_eq_(H, target.H));
        public Tensor eq_(Scalar target) => Done(nt_eq_s_(H, target));

        public Tensor ne(Tensor target) => Wrap(nt_ne(H, target.H));
        public Tensor ne(Scalar target) => Wrap(nt_ne_s(H, target));
        public Tensor ne_(Tensor target) => Done(nt_ne_(H, target.H));
        public Tensor ne_(Scalar target) => Done(nt_ne_s_(H, target));

        public Tensor lt(Tensor target) => Wrap(nt_lt(H, target.H));
        public Tensor lt(Scalar target) => Wrap(nt_lt_s(H, target));
        public Tensor lt_(Tensor target) => Done(nt_lt_(H, target.H));
        public Tensor lt_(Scalar target) => Done(nt_lt_s_(H, target));

        public Tensor le(Tensor target) => Wrap(nt_le(H, target.H));
        public Tensor le(Scalar target) => Wrap(nt_le_s(H, target));
        public Tensor le_(Tensor target) => Done(nt_le_(H, target.H));
        public Tensor le_(Scalar target) => Done(nt_le_s_(H, target));

        public Tensor gt(Tensor target) => Wrap(nt_gt(H, target.H));
        public Tensor gt(Scalar target) => Wrap(nt_gt_s(H, target));
        public Tensor gt_(Tensor target) => Done(nt_gt_(H, target.H));
        public Tensor gt_(Scalar target) => Done(nt_gt_s_(H, target));

        public Tensor ge(Tensor target) => Wrap(nt_ge(H, target.H));
        public Tensor ge(Scalar target) => Wrap(nt_ge_s(H, target));
        public Tensor ge_(Tensor target) => Done(nt_ge_(H, target.H));
        public Tensor ge_(Scalar target) => Done(nt_ge_s_(H, target));

        public Tensor equal(Tensor target) => eq(target);
        public Tensor not_equal(Tensor target) => ne(target);
        public Tensor less(Tensor target) => lt(target);
        public Tensor less_equal(Tensor target) => le(target);
        public Tensor greater(Tensor target) => gt(target);
        public Tensor greater_equal(Tensor target) => ge(target);

        public Tensor logical_and(Tensor other) => Wrap(nt_logical_and(H, other.H));
        public Tensor logical_and_(Tensor other) => Done(nt_logical_and_(H, other.H));
        public Tensor logical_or(Tensor other) => Wrap(nt_logical_or(H, other.H));
        public Tensor logical_or_(Tensor other) => Done(nt_logical_or_(H, other.H));
        public Tensor logical_xor(Tensor other) => Wrap(nt_logical_xor(H, other.H));
        public Tensor logical_xor_(Tensor other) => Done(nt_logical_xor_(H, other.H));
        public Tensor bitwise_and(Tensor other) => Wrap(nt_bitwise_and(H, other.H));
        public Tensor bitwise_and_(Tensor other) => Done(nt_bitwise_and_(H, other.H));
        public Tensor bitwise_or(Tensor other) => Wrap(nt_bitwise_or(H, other.H));
        public Tensor bitwise_or_(Tensor other) => Done(nt_bitwise_or_(H, other.H));
        public Tensor bitwise_xor(Tensor other) => Wrap(nt_bitwise_xor(H, other.H));
        public Tensor bitwise_xor_(Tensor other) => Done(nt_bitwise_xor_(H, other.H));
        public Tensor bitwise_left_shift(Tensor other) => Wrap(nt_bitwise_left_shift(H, other.H));
        public Tensor bitwise_left_shift_(Tensor other) => Done(nt_bitwise_left_shift_(H, other.H));
        public Tensor bitwise_right_shift(Tensor other) => Wrap(nt_bitwise_right_shift(H, other.H));
        public Tensor bitwise_right_shift_(Tensor other) => Done(nt_bitwise_right_shift_(H, other.H));

        /// <summary>Whether both have the same shape and the same elements.</summary>
        public bool Equals(Tensor target)
        {
            Ok(nt_equal(H, target.H, out int equal));
            return equal != 0;
        }

        public override bool Equals(object? obj) => obj is Tensor other && Equals(other);

        public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);

        public bool allclose(Tensor target, double rtol = 1e-05, double atol = 1e-08, bool equal_nan = false)
        {
            Ok(nt_allclose(H, target.H, rtol, atol, equal_nan, out int close));
            return close != 0;
        }

        public Tensor isclose(Tensor other, double rtol = 1e-05, double atol = 1e-08, bool nanEqual = false) =>
            Wrap(nt_isclose(H, other.H, rtol, atol, nanEqual));

        public Tensor isin(Tensor test_elements, bool assumeUnique = false, bool invert = false) =>
            Wrap(nt_isin(H, test_elements.H, assumeUnique, invert));

        public static Tensor operator ==(Tensor left, Tensor right) => left.eq(right);
        public static Tensor operator ==(Tensor left, Scalar right) => left.eq(right);
        public static Tensor operator ==(Scalar left, Tensor right) => right.eq(left);
        public static Tensor operator !=(Tensor left, Tensor right) => left.ne(right);
        public static Tensor operator !=(Tensor left, Scalar right) => left.ne(right);
        public static Tensor operator !=(Scalar left, Tensor right) => right.ne(left);
        public static Tensor operator <(Tensor left, Tensor right) => left.lt(right);
        public static Tensor operator <(Tensor left, Scalar right) => left.lt(right);
        public static Tensor operator <(Scalar left, Tensor right) => right.gt(left);
        public static Tensor operator <=(Tensor left, Tensor right) => left.le(right);
        public static Tensor operator <=(Tensor left, Scalar right) => left.le(right);
        public static Tensor operator <=(Scalar left, Tensor right) => right.ge(left);
        public static Tensor operator >(Tensor left, Tensor right) => left.gt(right);
        public static Tensor operator >(Tensor left, Scalar right) => left.gt(right);
        public static Tensor operator >(Scalar left, Tensor right) => right.lt(left);
        public static Tensor operator >=(Tensor left, Tensor right) => left.ge(right);
        public static Tensor operator >=(Tensor left, Scalar right) => left.ge(right);
        public static Tensor operator >=(Scalar left, Tensor right) => right.le(left);
    }
}
