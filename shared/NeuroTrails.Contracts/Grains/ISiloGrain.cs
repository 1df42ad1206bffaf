using Orleans.Concurrency;

namespace NeuroTrails.Contracts;

/// <summary>What a silo says of itself, asked for when places are chosen. Key: the silo's address;
/// the grain lives there and nowhere else.</summary>
[Alias("nt.ISiloGrain")]
public interface ISiloGrain : IGrainWithStringKey
{
    /// <summary>Devices, free memory, owners, and whether it is leaving.</summary>
    [Alias("Describe"), AlwaysInterleave, ResponseTimeout("00:00:05")]
    Task<SiloMember> Describe();
}
