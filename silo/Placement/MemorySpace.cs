namespace NeuroTrails.Silo.Placement;

/// <summary>Memory while a layout is planned: a silo's, or a CUDA device's own.</summary>
/// <param name="freeMib">What there is for the run's owners, in MiB.</param>
internal sealed class MemorySpace(long freeMib)
{
    private long _takenMib;

    /// <summary>What is left, in MiB.</summary>
    public long FreeMib => freeMib - _takenMib;

    /// <summary>Plans memory for an owner.</summary>
    public void Take(long mib) => _takenMib += mib;

    /// <inheritdoc/>
    public override string ToString() => $"{freeMib} MiB free{(_takenMib > 0 ? $" ({_takenMib} planned for other owners)" : string.Empty)}";
}
