using NeuroTrails.Contracts;

namespace NeuroTrails.Grains;

/// <summary>Lets others ask the silo that it lives on.</summary>
/// <param name="silo">The silo.</param>
[PlaceOnSilo]
public sealed class SiloGrain(ISiloSelf silo) : Grain, ISiloGrain
{
    /// <inheritdoc/>
    public Task<SiloMember> Describe() => Task.FromResult(silo.Describe());
}
