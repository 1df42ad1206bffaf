namespace TorchSharp;

/// <summary>The upper half of a float: 8 bits of exponent, 7 of mantissa. Rounds to nearest even.</summary>
public readonly struct BFloat16 : IComparable<BFloat16>, IEquatable<BFloat16>
{
    private readonly ushort bits;

    private BFloat16(ushort raw) => bits = raw;

    public BFloat16(float f)
    {
        uint b = BitConverter.SingleToUInt32Bits(f);
        bits = float.IsNaN(f) ? (ushort)0x7FC0 : (ushort)((b + 0x7FFF + ((b >> 16) & 1)) >> 16);
    }

    public static BFloat16 FromRawValue(ushort rawValue) => new(rawValue);

    public float ToSingle() => BitConverter.UInt32BitsToSingle((uint)bits << 16);

    public static explicit operator float(BFloat16 bf) => bf.ToSingle();
    public static explicit operator double(BFloat16 bf) => bf.ToSingle();
    public static explicit operator BFloat16(float f) => new(f);
    public static explicit operator BFloat16(double d) => new((float)d);

    public static bool operator ==(BFloat16 a, BFloat16 b) => a.ToSingle() == b.ToSingle();
    public static bool operator !=(BFloat16 a, BFloat16 b) => a.ToSingle() != b.ToSingle();
    public static bool operator <(BFloat16 a, BFloat16 b) => a.ToSingle() < b.ToSingle();
    public static bool operator >(BFloat16 a, BFloat16 b) => a.ToSingle() > b.ToSingle();
    public static bool operator <=(BFloat16 a, BFloat16 b) => a.ToSingle() <= b.ToSingle();
    public static bool operator >=(BFloat16 a, BFloat16 b) => a.ToSingle() >= b.ToSingle();

    public bool Equals(BFloat16 other) => ToSingle() == other.ToSingle();

    public override bool Equals(object? obj) => obj is BFloat16 other && Equals(other);

    public override int GetHashCode() => ToSingle().GetHashCode();

    public int CompareTo(BFloat16 other) => ToSingle().CompareTo(other.ToSingle());

    public override string ToString() => ToSingle().ToString();
}
