using System.Globalization;

namespace Orleans.Runtime;

/// <summary>Keys as text: integers in hexadecimal, Guids without dashes, an extension after a plus sign.</summary>
public static class GrainIdKeyExtensions
{
    public static IdSpan CreateIntegerKey(long key) => IdSpan.Create(key.ToString("X", CultureInfo.InvariantCulture));

    public static IdSpan CreateIntegerKey(long key, string? keyExtension)
        => string.IsNullOrWhiteSpace(keyExtension)
            ? CreateIntegerKey(key)
            : IdSpan.Create($"{key.ToString("X", CultureInfo.InvariantCulture)}+{keyExtension}");

    public static IdSpan CreateGuidKey(Guid key) => IdSpan.Create(key.ToString("N"));

    public static IdSpan CreateGuidKey(Guid key, string? keyExtension)
        => string.IsNullOrWhiteSpace(keyExtension) ? CreateGuidKey(key) : IdSpan.Create($"{key:N}+{keyExtension}");

    public static bool TryGetIntegerKey(this GrainId grainId, out long key, out string? keyExt)
    {
        var text = Split(grainId, out keyExt);
        return long.TryParse(text, NumberStyles.HexNumber, CultureInfo.InvariantCulture, out key);
    }

    public static long GetIntegerKey(this GrainId grainId) => grainId.GetIntegerKey(out _);

    public static long GetIntegerKey(this GrainId grainId, out string? keyExt)
        => grainId.TryGetIntegerKey(out var key, out keyExt)
            ? key
            : throw new ArgumentException($"Value \"{grainId}\" is not in the correct format for an Integer key.", nameof(grainId));

    public static bool TryGetGuidKey(this GrainId grainId, out Guid key, out string? keyExt)
        => Guid.TryParseExact(Split(grainId, out keyExt), "N", out key);

    public static Guid GetGuidKey(this GrainId grainId) => grainId.GetGuidKey(out _);

    public static Guid GetGuidKey(this GrainId grainId, out string? keyExt)
        => grainId.TryGetGuidKey(out var key, out keyExt)
            ? key
            : throw new ArgumentException($"Value \"{grainId}\" is not in the correct format for a Guid key.", nameof(grainId));

    private static ReadOnlySpan<char> Split(GrainId grainId, out string? extension)
    {
        var text = grainId.Key.ToString();
        var plus = text.IndexOf('+', StringComparison.Ordinal);
        extension = plus < 0 ? null : text[(plus + 1)..];
        return plus < 0 ? text : text.AsSpan(0, plus);
    }
}
