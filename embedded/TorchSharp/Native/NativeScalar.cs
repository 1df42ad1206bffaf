using System.Runtime.InteropServices;

namespace TorchSharp.Native;

/// <summary>A number as it crosses the ABI: two registers, no allocation. Kind 0 integer, 1 floating, 2 bool, -1 none.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly struct NativeScalar(long bits, long kind)
{
    internal readonly long Bits = bits;
    internal readonly long Kind = kind;

    internal static NativeScalar One => new(1, 0);

    internal static NativeScalar None => new(0, -1);

    internal double Real => Kind == 1 ? BitConverter.Int64BitsToDouble(Bits) : Bits;

    internal long Integer => Kind == 1 ? (long)BitConverter.Int64BitsToDouble(Bits) : Bits;

    public static implicit operator NativeScalar(Scalar? value) => value is null ? None : value.Value;

    public static implicit operator NativeScalar(long value) => new(value, 0);

    public static implicit operator NativeScalar(double value) => new(BitConverter.DoubleToInt64Bits(value), 1);
}
