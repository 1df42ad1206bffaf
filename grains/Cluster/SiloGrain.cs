using NeuroTrails.Contracts;

namespace NeuroTrails.Grains;

/// <summary>Lets others ask the silo that it lives on.</summary>
[PlaceOnSilo]
internal sealed class SiloGrain(ISiloSelf silo) : Grain, ISiloGrain
{
    public Task<SiloMember> Describe() => Task.FromResult(silo.Describe());
}
