using NeuroTrails.Contracts;

namespace NeuroTrails.Silo.Placement;

/// <summary>A silo while a layout is planned.</summary>
/// <param name="member">What it says of itself.</param>
/// <param name="freeMib">Memory for the run's owners, in MiB.</param>
internal sealed class SiloSpace(SiloMember member, long freeMib)
{
    private long _takenMib;

    /// <summary>What it says of itself.</summary>
    public SiloMember Member { get; } = member;

    /// <summary>Memory that is left, in MiB.</summary>
    public long FreeMib => freeMib - _takenMib;

    /// <summary>Plans memory for an owner.</summary>
    public void Take(long mib) => _takenMib += mib;

    /// <inheritdoc/>
    public override string ToString() =>
        $"{Member.Name}: {string.Join(", ", Member.Devices)}, {freeMib} MiB free{(_takenMib > 0 ? $" ({_takenMib} planned for other owners)" : string.Empty)}{(Member.Draining ? ", leaving" : string.Empty)}";
}
