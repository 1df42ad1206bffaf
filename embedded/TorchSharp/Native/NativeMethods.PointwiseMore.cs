using System.Runtime.InteropServices;

namespace TorchSharp.Native;

// Element by element: see embedded/native/src/pointwise.cpp.
internal static partial class NativeMethods
{
    [LibraryImport(Lib)]
    internal static partial int nt_add_s_(TensorHandle x, NativeScalar y, NativeScalar alpha);
    [LibraryImport(Lib)]
    internal static partial nint nt_sub(TensorHandle x, TensorHandle y);
    [LibraryImport(Lib)]
    internal static partial int nt_sub_(TensorHandle x, TensorHandle y);
    [LibraryImport(Lib)]
    internal static partial nint nt_sub_s(TensorHandle x, NativeScalar y);
    [LibraryImport(Lib)]
    internal static partial int nt_sub_s_(TensorHandle x, NativeScalar y);
    [LibraryImport(Lib)]
    internal static partial nint nt_mul(TensorHandle x, TensorHandle y);
    [LibraryImport(Lib)]
    internal static partial int nt_mul_(TensorHandle x, TensorHandle y);
    [LibraryImport(Lib)]
    internal static partial nint nt_mul_s(TensorHandle x, NativeScalar y);
    [LibraryImport(Lib)]
    internal static partial int nt_mul_s_(TensorHandle x, NativeScalar y);
    [LibraryImport(Lib)]
    internal static partial nint nt_pow(TensorHandle x, TensorHandle y);
    [LibraryImport(Lib)]
    internal static partial int nt_pow_(TensorHandle x, TensorHandle y);
    [LibraryImport(Lib)]
    internal static partial nint nt_pow_s(TensorHandle x, NativeScalar y);
    [LibraryImport(Lib)]
    internal static partial int nt_pow_s_(TensorHandle x, NativeScalar y);
    [LibraryImport(Lib)]
    internal static partial nint nt_remainder(TensorHandle x, TensorHandle y);
    [LibraryImport(Lib)]
    internal static partial int nt_remainder_(TensorHandle x, TensorHandle y);
    [LibraryImport(Lib)]
    internal static partial nint nt_remainder_s(TensorHandle x, NativeScalar y);
    [LibraryImport(Lib)]
    internal static partial int nt_remainder_s_(TensorHandle x, NativeScalar y);
    [LibraryImport(Lib)]
    internal static partial nint nt_fmod(TensorHandle x, TensorHandle y);
    [LibraryImport(Lib)]
    internal static partial int nt_fmod_(TensorHandle x, TensorHandle y);
    [LibraryImport(Lib)]
    internal static partial nint nt_fmod_s(TensorHandle x, NativeScalar y);
    [LibraryImport(Lib)]
    internal static partial int nt_fmod_s_(TensorHandle x, NativeScalar y);
    [LibraryImport(Lib)]
    internal static partial nint nt_floor_divide(TensorHandle x, TensorHandle y);
    [LibraryImport(Lib)]
    internal static partial int nt_floor_divide_(TensorHandle x, TensorHandle y);
    [LibraryImport(Lib)]
    internal static partial nint nt_floor_divide_s(TensorHandle x, NativeScalar y);
    [LibraryImport(Lib)]
    internal static partial int nt_floor_divide_s_(TensorHandle x, NativeScalar y);
    [LibraryImport(Lib)]
    internal static partial nint nt_div(TensorHandle x, TensorHandle y, int mode);
    [LibraryImport(Lib)]
    internal static partial int nt_div_(TensorHandle x, TensorHandle y, int mode);
    [LibraryImport(Lib)]
    internal static partial nint nt_div_s(TensorHandle x, NativeScalar y, int mode);
    [LibraryImport(Lib)]
    internal static partial int nt_div_s_(TensorHandle x, NativeScalar y, int mode);
    [LibraryImport(Lib)]
    internal static partial nint nt_eq(TensorHandle x, TensorHandle y);
    [LibraryImport(Lib)]
    internal static partial int nt_eq_(TensorHandle x, TensorHandle y);
    [LibraryImport(Lib)]
    internal static partial nint nt_eq_s(TensorHandle x, NativeScalar y);
    [LibraryImport(Lib)]
    internal static partial int nt_eq_s_(TensorHandle x, NativeScalar y);
    [LibraryImport(Lib)]
    internal static partial nint nt_ne(TensorHandle x, TensorHandle y);
    [LibraryImport(Lib)]
    internal static partial int nt_ne_(TensorHandle x, TensorHandle y);
    [LibraryImport(Lib)]
    internal static partial nint nt_ne_s(TensorHandle x, NativeScalar y);
    [LibraryImport(Lib)]
    internal static partial int nt_ne_s_(TensorHandle x, NativeScalar y);
    [LibraryImport(Lib)]
    internal static partial nint nt_lt(TensorHandle x, TensorHandle y);
    [LibraryImport(Lib)]
    internal static partial int nt_lt_(TensorHandle x, TensorHandle y);
    [LibraryImport(Lib)]
    internal static partial nint nt_lt_s(TensorHandle x, NativeScalar y);
    [LibraryImport(Lib)]
    internal static partial int nt_lt_s_(TensorHandle x, NativeScalar y);
    [LibraryImport(Lib)]
    internal static partial nint nt_le(TensorHandle x, TensorHandle y);
    [LibraryImport(Lib)]
    internal static partial int nt_le_(TensorHandle x, TensorHandle y);
    [LibraryImport(Lib)]
    internal static partial nint nt_le_s(TensorHandle x, NativeScalar y);
    [LibraryImport(Lib)]
    internal static partial int nt_le_s_(TensorHandle x, NativeScalar y);
    [LibraryImport(Lib)]
    internal static partial nint nt_gt(TensorHandle x, TensorHandle y);
    [LibraryImport(Lib)]
    internal static partial int nt_gt_(TensorHandle x, TensorHandle y);
    [LibraryImport(Lib)]
    internal static partial nint nt_gt_s(TensorHandle x, NativeScalar y);
    [LibraryImport(Lib)]
    internal static partial int nt_gt_s_(TensorHandle x, NativeScalar y);
    [LibraryImport(Lib)]
    internal static partial nint nt_ge(TensorHandle x, TensorHandle y);
    [LibraryImport(Lib)]
    internal static partial int nt_ge_(TensorHandle x, TensorHandle y);
    [LibraryImport(Lib)]
    internal static partial nint nt_ge_s(TensorHandle x, NativeScalar y);
    [LibraryImport(Lib)]
    internal static partial int nt_ge_s_(TensorHandle x, NativeScalar y);
    [LibraryImport(Lib)]
    internal static partial nint nt_logical_and(TensorHandle x, TensorHandle y);
    [LibraryImport(Lib)]
    internal static partial int nt_logical_and_(TensorHandle x, TensorHandle y);
    [LibraryImport(Lib)]
    internal static partial nint nt_logical_or(TensorHandle x, TensorHandle y);
    [LibraryImport(Lib)]
    internal static partial int nt_logical_or_(TensorHandle x, TensorHandle y);
    [LibraryImport(Lib)]
    internal static partial nint nt_logical_xor(TensorHandle x, TensorHandle y);
    [LibraryImport(Lib)]
    internal static partial int nt_logical_xor_(TensorHandle x, TensorHandle y);
    [LibraryImport(Lib)]
    internal static partial nint nt_bitwise_and(TensorHandle x, TensorHandle y);
    [LibraryImport(Lib)]
    internal static partial int nt_bitwise_and_(TensorHandle x, TensorHandle y);
    [LibraryImport(Lib)]
    internal static partial nint nt_bitwise_or(TensorHandle x, TensorHandle y);
    [LibraryImport(Lib)]
    internal static partial int nt_bitwise_or_(TensorHandle x, TensorHandle y);
    [LibraryImport(Lib)]
    internal static partial nint nt_bitwise_xor(TensorHandle x, TensorHandle y);
    [LibraryImport(Lib)]
    internal static partial int nt_bitwise_xor_(TensorHandle x, TensorHandle y);
    [LibraryImport(Lib)]
    internal static partial nint nt_bitwise_left_shift(TensorHandle x, TensorHandle y);
    [LibraryImport(Lib)]
    internal static partial int nt_bitwise_left_shift_(TensorHandle x, TensorHandle y);
    [LibraryImport(Lib)]
    internal static partial nint nt_bitwise_right_shift(TensorHandle x, TensorHandle y);
    [LibraryImport(Lib)]
    internal static partial int nt_bitwise_right_shift_(TensorHandle x, TensorHandle y);
    [LibraryImport(Lib)]
    internal static partial nint nt_maximum(TensorHandle x, TensorHandle y);
    [LibraryImport(Lib)]
    internal static partial nint nt_minimum(TensorHandle x, TensorHandle y);
    [LibraryImport(Lib)]
    internal static partial nint nt_fmax(TensorHandle x, TensorHandle y);
    [LibraryImport(Lib)]
    internal static partial nint nt_fmin(TensorHandle x, TensorHandle y);
    [LibraryImport(Lib)]
    internal static partial nint nt_logaddexp(TensorHandle x, TensorHandle y);
    [LibraryImport(Lib)]
    internal static partial nint nt_atan2(TensorHandle x, TensorHandle y);
    [LibraryImport(Lib)]
    internal static partial nint nt_xlogy(TensorHandle x, TensorHandle y);
    [LibraryImport(Lib)]
    internal static partial int nt_xlogy_(TensorHandle x, TensorHandle y);
    [LibraryImport(Lib)]
    internal static partial nint nt_hypot(TensorHandle x, TensorHandle y);
    [LibraryImport(Lib)]
    internal static partial nint nt_addcmul(TensorHandle x, TensorHandle a, TensorHandle b, NativeScalar value);
    [LibraryImport(Lib)]
    internal static partial int nt_addcmul_(TensorHandle x, TensorHandle a, TensorHandle b, NativeScalar value);
    [LibraryImport(Lib)]
    internal static partial nint nt_addcdiv(TensorHandle x, TensorHandle a, TensorHandle b, NativeScalar value);
    [LibraryImport(Lib)]
    internal static partial int nt_addcdiv_(TensorHandle x, TensorHandle a, TensorHandle b, NativeScalar value);
    [LibraryImport(Lib)]
    internal static partial nint nt_lerp(TensorHandle x, TensorHandle end, TensorHandle weight);
    [LibraryImport(Lib)]
    internal static partial int nt_lerp_(TensorHandle x, TensorHandle end, TensorHandle weight);
    [LibraryImport(Lib)]
    internal static partial nint nt_clamp(TensorHandle x, NativeScalar min, NativeScalar max);
    [LibraryImport(Lib)]
    internal static partial int nt_clamp_(TensorHandle x, NativeScalar min, NativeScalar max);
    [LibraryImport(Lib)]
    internal static partial nint nt_clamp_t(TensorHandle x, TensorHandle min, TensorHandle max);
    [LibraryImport(Lib)]
    internal static partial int nt_clamp_t_(TensorHandle x, TensorHandle min, TensorHandle max);
    [LibraryImport(Lib)]
    internal static partial nint nt_where(TensorHandle condition, TensorHandle x, TensorHandle y);
    [LibraryImport(Lib)]
    internal static partial int nt_fill_(TensorHandle x, NativeScalar value);
    [LibraryImport(Lib)]
    internal static partial int nt_zero_(TensorHandle x);
    [LibraryImport(Lib)]
    internal static partial nint nt_isclose(TensorHandle x, TensorHandle y, double rtol, double atol,
        [MarshalAs(UnmanagedType.U1)] bool equal_nan);
    [LibraryImport(Lib)]
    internal static partial int nt_allclose(TensorHandle x, TensorHandle y, double rtol, double atol,
        [MarshalAs(UnmanagedType.U1)] bool equal_nan, out int result);
    [LibraryImport(Lib)]
    internal static partial int nt_equal(TensorHandle x, TensorHandle y, out int result);
}
