using Orleans.Placement;
using Orleans.Runtime.Placement;

namespace NeuroTrails.Grains;

/// <summary>A grain lives where its caller aims at: on the silo that its key names, or else on the one of the placement hint; on the
/// caller's own where neither says anything.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class PlaceOnSiloAttribute() : PlacementAttribute(new SiloPlacement());

[GenerateSerializer, Immutable, Alias("nt.SiloPlacement")]
internal sealed class SiloPlacement : PlacementStrategy;

internal sealed class SiloPlacementDirector(ILocalSiloDetails silo) : IPlacementDirector
{
    public Task<SiloAddress> OnAddActivation(PlacementStrategy strategy, PlacementTarget target, IPlacementContext context)
    {
        var living = context.GetCompatibleSilos(target);
        if (SiloAddress.TryParse(target.GrainIdentity.Key.ToString(), null, out var named))
        {
            return Array.IndexOf(living, named) >= 0 ? Task.FromResult(named) : throw new OrleansException($"Silo {named} is gone.");
        }

        var chosen =
            IPlacementDirector.GetPlacementHint(target.RequestContextData, living)
            ?? (Array.IndexOf(living, silo.SiloAddress) >= 0 ? silo.SiloAddress : living[0]);
        return Task.FromResult(chosen);
    }
}
