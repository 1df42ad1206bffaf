namespace NeuroTrails.Silo.Placement;

/// <summary>Memory while a layout is planned: a silo's, or a CUDA device's own.</summary>
internal sealed class MemorySpace(long freeMib)
{
    private long _takenMib;

    public long FreeMib => freeMib - _takenMib;

    public void Take(long mib) => _takenMib += mib;

    public override string ToString() => $"{freeMib} MiB free{(_takenMib > 0 ? $" ({_takenMib} planned for other owners)" : string.Empty)}";
}
