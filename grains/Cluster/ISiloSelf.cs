using NeuroTrails.Contracts;

namespace NeuroTrails.Grains;

/// <summary>What a silo knows of itself.</summary>
internal interface ISiloSelf
{
    SiloMember Describe();
}
