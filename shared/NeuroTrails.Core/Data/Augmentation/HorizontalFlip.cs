namespace NeuroTrails.Data;

/// <summary>Mirrors left and right with probability one half.</summary>
public sealed class HorizontalFlip : IAugmentation
{
    /// <inheritdoc/>
    public void Apply(ReadOnlySpan<float> source, Span<float> target, SampleShape shape, ref CounterRandom random)
    {
        source.CopyTo(target);
        if ((random.NextUInt64() & 1) == 0)
        {
            return;
        }

        for (var row = 0; row < shape.Channels * shape.Height; row++)
        {
            target.Slice(row * shape.Width, shape.Width).Reverse();
        }
    }
}
