namespace NeuroTrails.Data;

/// <summary>Samples held in memory as float32, read as they are.</summary>
public sealed class FloatDataSet : IDataSet
{
    private readonly float[] values;
    private readonly int[] labels;

    /// <summary>Wraps arrays; they are not copied and must not change afterwards.</summary>
    /// <param name="name">Name for messages.</param>
    /// <param name="shape">Shape of every sample.</param>
    /// <param name="values">Values of all samples, [N, C, H, W]; every one finite.</param>
    /// <param name="labels">Labels, [N].</param>
    /// <param name="classes">Number of classes, at least 1.</param>
    /// <param name="classNames">Name of each class, or null.</param>
    /// <exception cref="UserErrorException">The sizes do not fit, there is no sample, a value is
    /// not finite, or a label is out of range.</exception>
    public FloatDataSet(string name, SampleShape shape, float[] values, int[] labels, int classes, IReadOnlyList<string>? classNames = null)
    {
        ArgumentNullException.ThrowIfNull(values);
        ArgumentNullException.ThrowIfNull(labels);
        if (labels.Length == 0 || values.LongLength != (long)labels.Length * shape.Length)
        {
            throw DataError.Damaged(
                name,
                $"{values.LongLength} values for {labels.Length} samples of {shape}",
                $"{shape.Length} values a sample and at least one sample"
            );
        }

        for (var i = 0; i < values.Length; i++)
        {
            if (!float.IsFinite(values[i]))
            {
                throw DataError.Damaged(name, $"the value {values[i]} in sample {i / shape.Length}", "finite values");
            }
        }

        Name = name;
        Shape = shape;
        Classes = classes;
        ClassNames = classNames;
        this.values = values;
        this.labels = LabelArray.Check(labels, labels.Length, classes, name);
    }

    /// <inheritdoc/>
    public string Name { get; }

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

    /// <inheritdoc/>
    public void Read(int index, Span<float> pixels) => values.AsSpan(checked(index * Shape.Length), Shape.Length).CopyTo(pixels);
}
