using Orleans.Placement;

namespace Orleans.Concurrency;

/// <summary>Calls of this method may interleave with each other.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ReadOnlyAttribute : Attribute;

/// <summary>All calls of this grain may interleave, still one turn at a time.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ReentrantAttribute : Attribute;

/// <summary>Calls of this method run between the turns of any other call.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class AlwaysInterleaveAttribute : Attribute;

/// <summary>The caller does not wait for the method, and learns nothing of its failure.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class OneWayAttribute : Attribute;

/// <summary>The grain has no identity of its own: up to <paramref name="maxLocalWorkers"/> activations share its calls.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class StatelessWorkerAttribute(int maxLocalWorkers) : PlacementAttribute
{
    public StatelessWorkerAttribute()
        : this(-1)
    {
    }

    internal int MaxLocalWorkers => maxLocalWorkers > 0 ? maxLocalWorkers : Environment.ProcessorCount;
}
