using NeuroTrails.Contracts;

namespace NeuroTrails.Grains;

/// <summary>What a silo knows of itself.</summary>
public interface ISiloSelf
{
    /// <summary>Devices, free memory, owners, and whether it is leaving.</summary>
    SiloMember Describe();
}
