using System.Text;

namespace Orleans.Runtime;

/// <summary>A part of an identity. Kept as a string with its hash, since identities are compared on every call.</summary>
public readonly struct IdSpan : IEquatable<IdSpan>, IComparable<IdSpan>
{
    private readonly string? _value;
    private readonly int _hash;

    public IdSpan(byte[] value)
        : this(Encoding.UTF8.GetString(value))
    {
    }

    private IdSpan(string value)
    {
        _value = value;
        _hash = value.GetHashCode(StringComparison.Ordinal);
    }

    public bool IsDefault => string.IsNullOrEmpty(_value);

    public ReadOnlyMemory<byte> Value => _value is null ? default : Encoding.UTF8.GetBytes(_value);

    public static bool operator ==(IdSpan left, IdSpan right) => left.Equals(right);

    public static bool operator !=(IdSpan left, IdSpan right) => !left.Equals(right);

    public static IdSpan Create(string id)
    {
        ArgumentNullException.ThrowIfNull(id);
        return new IdSpan(id);
    }

    public ReadOnlySpan<byte> AsSpan() => Value.Span;

    public bool Equals(IdSpan other) => _hash == other._hash && string.Equals(_value, other._value, StringComparison.Ordinal);

    public override bool Equals(object? obj) => obj is IdSpan other && Equals(other);

    public override int GetHashCode() => _hash;

    public int CompareTo(IdSpan other) => string.CompareOrdinal(_value, other._value);

    public override string ToString() => _value ?? string.Empty;
}
