using System.Globalization;

namespace NeuroTrails.Checkpoints;

/// <summary>How the parts of an <see cref="OwnerTensor"/> are called in a file.</summary>
internal static class OwnerTensorKeys
{
    /// <summary>Suffix of the tensor that holds a bitmap.</summary>
    public const string Mask = ".mask";

    /// <summary>Suffix of the tensor that holds the active values.</summary>
    public const string Values = ".values";

    /// <summary>Suffix of the metadata key for the shape of a masked tensor: extents with commas between.</summary>
    public const string Shape = ".shape";

    /// <summary>Suffix of the metadata key for the memory format, left out where it is contiguous.</summary>
    public const string Format = ".format";

    /// <summary>Suffix of the metadata key for the names of moments, with commas between, left out where there is none.</summary>
    public const string Moments = ".moments";

    /// <summary>Suffix of the metadata key for the names of unmasked extras, with commas between, left out where there is none.</summary>
    public const string Extras = ".extras";

    /// <summary>A list in a metadata value.</summary>
    public static string[] List(IReadOnlyDictionary<string, string> metadata, string key) =>
        metadata.TryGetValue(key, out var text) ? text.Split(',') : [];

    /// <summary>A shape in a metadata value.</summary>
    public static string Join(IEnumerable<long> shape) => string.Join(',', shape.Select(extent => extent.ToString(CultureInfo.InvariantCulture)));

    /// <summary>The shape in a metadata value, or null where it is none.</summary>
    public static long[]? ParseShape(string text)
    {
        if (text.Length == 0)
        {
            return [];
        }

        var parts = text.Split(',');
        var shape = new long[parts.Length];
        for (var i = 0; i < parts.Length; i++)
        {
            if (!long.TryParse(parts[i], NumberStyles.None, CultureInfo.InvariantCulture, out shape[i]))
            {
                return null;
            }
        }

        return shape;
    }
}
