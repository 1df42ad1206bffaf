namespace NeuroTrails.Data;

/// <summary>A random change of one training sample, before it is normalised. Implementations are stateless: all chance comes from the
/// generator handed in.</summary>
public interface IAugmentation
{
    /// <summary>Writes the changed sample; shape stays the same.</summary>
    /// <param name="source">The sample, [C, H, W].</param>
    /// <param name="target">As long as <paramref name="source"/>, elsewhere in memory; every value is overwritten.</param>
    /// <param name="shape">Shape of both.</param>
    /// <param name="random">Generator of this sample in this epoch.</param>
    void Apply(ReadOnlySpan<float> source, Span<float> target, SampleShape shape, ref CounterRandom random);
}
