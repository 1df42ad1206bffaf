namespace NeuroTrails.Data;

/// <summary>Some samples of another set, in an order of their own; nothing is copied.</summary>
public sealed class SubsetDataSet : IDataSet
{
    private readonly IDataSet whole;
    private readonly int[] indices;

    /// <summary>Names the samples to keep.</summary>
    /// <param name="name">Name for messages.</param>
    /// <param name="whole">The set to take from.</param>
    /// <param name="indices">Positions in <paramref name="whole"/>; at least one.</param>
    public SubsetDataSet(string name, IDataSet whole, int[] indices)
    {
        ArgumentNullException.ThrowIfNull(whole);
        ArgumentNullException.ThrowIfNull(indices);
        ArgumentOutOfRangeException.ThrowIfZero(indices.Length);
        foreach (var index in indices)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)whole.Count, nameof(indices));
        }

        Name = name;
        this.whole = whole;
        this.indices = indices;
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public int Count => indices.Length;

    /// <inheritdoc/>
    public SampleShape Shape => whole.Shape;

    /// <inheritdoc/>
    public int Classes => whole.Classes;

    /// <inheritdoc/>
    public IReadOnlyList<string>? ClassNames => whole.ClassNames;

    // The set that really holds a sample, and the sample's position there.
    internal static (IDataSet Data, int Index) Resolve(IDataSet data, int index)
    {
        while (data is SubsetDataSet subset)
        {
            (data, index) = (subset.whole, subset.indices[index]);
        }

        return (data, index);
    }

    // Position in the whole set of sample index of this one.
    internal int Origin(int index) => indices[index];

    /// <inheritdoc/>
    public int Label(int index) => whole.Label(indices[index]);

    /// <inheritdoc/>
    public void Read(int index, Span<float> pixels) => whole.Read(indices[index], pixels);
}
