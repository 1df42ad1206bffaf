using TorchSharp.Native;

namespace TorchSharp;

/// <summary>A number on its way into a tensor operation.</summary>
public sealed class Scalar : IDisposable
{
    internal readonly NativeScalar Value;

    internal Scalar(NativeScalar value, torch.ScalarType type)
    {
        Value = value;
        Type = type;
    }

    /// <summary>The category's own type: Int64, Float64 or Bool.</summary>
    public torch.ScalarType Type { get; }

    public static implicit operator Scalar(byte value) => value.ToScalar();
    public static implicit operator Scalar(sbyte value) => value.ToScalar();
    public static implicit operator Scalar(short value) => value.ToScalar();
    public static implicit operator Scalar(int value) => value.ToScalar();
    public static implicit operator Scalar(long value) => value.ToScalar();
    public static implicit operator Scalar(Half value) => value.ToScalar();
    public static implicit operator Scalar(BFloat16 value) => value.ToScalar();
    public static implicit operator Scalar(float value) => value.ToScalar();
    public static implicit operator Scalar(double value) => value.ToScalar();
    public static implicit operator Scalar(bool value) => value.ToScalar();

    /// <summary>Nothing native is held; here for the public signature.</summary>
    public void Dispose()
    {
    }
}

/// <summary>Conversions between numbers and scalars.</summary>
public static class ScalarExtensionMethods
{
    public static Scalar ToScalar(this byte value) => Integer(value);
    public static Scalar ToScalar(this sbyte value) => Integer(value);
    public static Scalar ToScalar(this short value) => Integer(value);
    public static Scalar ToScalar(this int value) => Integer(value);
    public static Scalar ToScalar(this long value) => Integer(value);
    public static Scalar ToScalar(this float value) => Real(value);
    public static Scalar ToScalar(this double value) => Real(value);
    public static Scalar ToScalar(this Half value) => Real((double)value);
    public static Scalar ToScalar(this BFloat16 value) => Real(value.ToSingle());
    public static Scalar ToScalar(this bool value) => new(new NativeScalar(value ? 1 : 0, 2), torch.ScalarType.Bool);
    public static Scalar ToBFloat16Scalar(this float value) => Real(new BFloat16(value).ToSingle());

    public static Half ToHalf(this Scalar value) => (Half)value.Value.Real;
    public static BFloat16 ToBFloat16(this Scalar value) => new((float)value.Value.Real);
    public static float ToSingle(this Scalar value) => (float)value.Value.Real;
    public static double ToDouble(this Scalar value) => value.Value.Real;
    public static sbyte ToSByte(this Scalar value) => (sbyte)value.Value.Integer;
    public static byte ToByte(this Scalar value) => (byte)value.Value.Integer;
    public static short ToInt16(this Scalar value) => (short)value.Value.Integer;
    public static int ToInt32(this Scalar value) => (int)value.Value.Integer;
    public static long ToInt64(this Scalar value) => value.Value.Integer;
    public static bool ToBoolean(this Scalar value) => value.Value.Real != 0;

    private static Scalar Integer(long value) => new(value, torch.ScalarType.Int64);

    private static Scalar Real(double value) => new(value, torch.ScalarType.Float64);
}
