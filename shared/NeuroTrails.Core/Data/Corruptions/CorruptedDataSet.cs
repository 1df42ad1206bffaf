namespace NeuroTrails.Data.Corruptions;

/// <summary>A split of images, corrupted as they are read. The same sample has the same bytes whenever and in whatever order it is
/// read.</summary>
/// <param name="data">The split; see <see cref="Takes"/>.</param>
/// <param name="corruption">How.</param>
/// <param name="severity">1 to 5.</param>
/// <param name="seed">Seed.</param>
public sealed class CorruptedDataSet(IDataSet data, Corruption corruption, int severity, long seed) : IDataSet
{
    /// <inheritdoc/>
    public string Name => $"{data.Name}/{CorruptionCatalogue.Name(corruption)}-{severity}";

    /// <inheritdoc/>
    public int Count => data.Count;

    /// <inheritdoc/>
    public SampleShape Shape => data.Shape;

    /// <inheritdoc/>
    public int Classes => data.Classes;

    /// <inheritdoc/>
    public IReadOnlyList<string>? ClassNames => data.ClassNames;

    /// <summary>Whether samples can be corrupted: images of bytes, with one or three channels.</summary>
    /// <param name="data">The split.</param>
    public static bool Takes(IDataSet data)
    {
        ArgumentNullException.ThrowIfNull(data);
        return !data.Shape.IsVector
            && data.Shape.Channels is 1 or 3
            && SubsetDataSet.Resolve(data, 0).Data is ByteDataSet { Scale: 255 } or IVariableImages;
    }

    /// <inheritdoc/>
    public int Label(int index) => data.Label(index);

    /// <inheritdoc/>
    public void Read(int index, Span<float> pixels)
    {
        var sample = pixels[..Shape.Length];
        data.Read(index, sample);
        var bytes = new byte[sample.Length];
        for (var i = 0; i < bytes.Length; i++)
        {
            bytes[i] = (byte)Math.Clamp(MathF.Round(sample[i] * 255), 0, 255);
        }

        CorruptionCatalogue.Apply(corruption, severity, bytes, bytes, Shape, seed, index);
        for (var i = 0; i < bytes.Length; i++)
        {
            sample[i] = bytes[i] / 255f;
        }
    }
}
