namespace NeuroTrails.Data;

/// <summary>Samples held in memory as one byte a value; a value v reads as v/255, or divided by another scale.</summary>
public sealed class ByteDataSet : IDataSet
{
    // A table, because v / 255f must round the same way everywhere and a division a pixel costs twice as much.
    private static readonly float[] Unit = Table(255);
    private readonly float[] table;
    private readonly byte[] pixels;
    private readonly int[] labels;

    /// <summary>Wraps arrays; they are not copied and must not change afterwards.</summary>
    /// <param name="name">Name for messages.</param>
    /// <param name="shape">Shape of every sample.</param>
    /// <param name="pixels">Values of all samples, [N, C, H, W].</param>
    /// <param name="labels">Labels, [N].</param>
    /// <param name="classes">Number of classes, at least 1.</param>
    /// <param name="classNames">Name of each class, or null.</param>
    /// <param name="scale">What values are divided by when they are read, above 0.</param>
    /// <exception cref="UserErrorException">The sizes do not fit, there is no sample, or a label is out of range.</exception>
    public ByteDataSet(
        string name,
        SampleShape shape,
        byte[] pixels,
        int[] labels,
        int classes,
        IReadOnlyList<string>? classNames = null,
        float scale = 255
    )
    {
        ArgumentNullException.ThrowIfNull(pixels);
        ArgumentNullException.ThrowIfNull(labels);
        if (labels.Length == 0 || pixels.LongLength != (long)labels.Length * shape.Length)
        {
            throw DataError.Damaged(
                name,
                $"{pixels.LongLength} bytes for {labels.Length} samples of {shape}",
                $"{shape.Length} bytes a sample and at least one sample"
            );
        }

        Name = name;
        Shape = shape;
        Classes = classes;
        ClassNames = classNames;
        this.pixels = pixels;
        Scale = scale;
        table = scale == 255 ? Unit : Table(scale);
        this.labels = LabelArray.Check(labels, labels.Length, classes, name);
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <summary>What values are divided by when they are read.</summary>
    public float Scale { get; }

    /// <inheritdoc/>
    public int Count => labels.Length;

    /// <inheritdoc/>
    public SampleShape Shape { get; }

    /// <inheritdoc/>
    public int Classes { get; }

    /// <inheritdoc/>
    public IReadOnlyList<string>? ClassNames { get; }

    /// <inheritdoc/>
    public int Label(int index) => labels[index];

    /// <summary>The stored bytes of one sample, [C, H, W].</summary>
    /// <param name="index">0 to <c>Count − 1</c>.</param>
    /// <returns>A view, not a copy.</returns>
    public ReadOnlySpan<byte> Stored(int index) => pixels.AsSpan(checked(index * Shape.Length), Shape.Length);

    /// <inheritdoc/>
    public void Read(int index, Span<float> pixels)
    {
        var stored = Stored(index);
        var target = pixels[..stored.Length];
        var unit = table;
        for (var i = 0; i < stored.Length; i++)
        {
            target[i] = unit[stored[i]];
        }
    }

    private static float[] Table(float scale) => [.. Enumerable.Range(0, 256).Select(v => v / scale)];
}
