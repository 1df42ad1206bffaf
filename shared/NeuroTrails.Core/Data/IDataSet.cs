namespace NeuroTrails.Data;

/// <summary>
/// One split of labelled samples of one shape, in a fixed order. Implementations are immutable and safe to read from several threads.
/// </summary>
/// <remarks>To add a data set of your own, implement this and hand it to <see cref="TrainingBatches"/>; nothing else is needed.</remarks>
public interface IDataSet
{
    /// <summary>Name for messages, such as <c>fashion-mnist/train</c>.</summary>
    string Name { get; }

    /// <summary>Number of samples N, at least 1.</summary>
    int Count { get; }

    /// <summary>Shape of every sample.</summary>
    SampleShape Shape { get; }

    /// <summary>Number of classes; labels are 0 to <c>Classes − 1</c>.</summary>
    int Classes { get; }

    /// <summary>Name of each class in label order, or null where the source has none.</summary>
    IReadOnlyList<string>? ClassNames { get; }

    /// <summary>Label of one sample.</summary>
    /// <param name="index">0 to <c>Count − 1</c>.</param>
    /// <returns>0 to <c>Classes − 1</c>.</returns>
    int Label(int index);

    /// <summary>Writes one sample, channels first, as stored: images in [0, 1] (a stored byte divided by 255), not normalised.</summary>
    /// <param name="index">0 to <c>Count − 1</c>.</param>
    /// <param name="pixels">At least <c>Shape.Length</c> values; the first <c>Shape.Length</c> are overwritten.</param>
    void Read(int index, Span<float> pixels);
}
