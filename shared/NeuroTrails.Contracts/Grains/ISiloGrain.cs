using Orleans.Concurrency;

namespace NeuroTrails.Contracts;

/// <summary>What a silo says of itself, asked for when places are chosen. Key: the silo's address;
/// the grain lives there and nowhere else.</summary>
[Alias("nt.ISiloGrain")]
internal interface ISiloGrain : IGrainWithStringKey
{
    [Alias("Describe"), AlwaysInterleave, ResponseTimeout("00:00:05")]
    Task<SiloMember> Describe();
}
