using Orleans.Placement;
using Orleans.Runtime.Placement;

namespace NeuroTrails.Grains;

/// <summary>A grain lives where its caller aims at: on the silo that its key names, or else on the one of the placement hint; on the
/// caller's own where neither says anything.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class PlaceOnSiloAttribute() : PlacementAttribute(new SiloPlacement());

/// <summary>The strategy behind <see cref="PlaceOnSiloAttribute"/>.</summary>
[GenerateSerializer, Immutable, Alias("nt.SiloPlacement")]
public sealed class SiloPlacement : PlacementStrategy;

/// <summary>Carries it out.</summary>
/// <param name="silo">This silo.</param>
public sealed class SiloPlacementDirector(ILocalSiloDetails silo) : IPlacementDirector
{
    /// <inheritdoc/>
    public Task<SiloAddress> OnAddActivation(PlacementStrategy strategy, PlacementTarget target, IPlacementContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
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
