namespace Orleans.Placement;

/// <summary>Where an activation is put. With one silo every placement is the same.</summary>
[AttributeUsage(AttributeTargets.Class)]
public abstract class PlacementAttribute : Attribute;

/// <summary>Prefers the caller's silo.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class PreferLocalPlacementAttribute : PlacementAttribute;

/// <summary>Any silo.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class RandomPlacementAttribute : PlacementAttribute;

/// <summary>The silo with the fewest activations.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ActivationCountBasedPlacementAttribute : PlacementAttribute;

/// <summary>A silo found by hashing the identity.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class HashBasedPlacementAttribute : PlacementAttribute;

/// <summary>Which automatic movers leave a grain alone.</summary>
[Flags]
public enum ImmovableKind : byte
{
    Repartitioner = 1,
    Rebalancer = 2,
    Any = Repartitioner | Rebalancer,
}

/// <summary>The grain is never moved automatically.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ImmovableAttribute(ImmovableKind kind = ImmovableKind.Any) : Attribute
{
    public ImmovableKind Kind { get; } = kind;
}
