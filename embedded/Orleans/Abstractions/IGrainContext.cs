namespace Orleans.Runtime;

/// <summary>One activation of a grain.</summary>
public interface IGrainContext : IEquatable<IGrainContext>
{
    GrainReference GrainReference { get; }

    GrainId GrainId { get; }

    object? GrainInstance { get; }

    IServiceProvider ActivationServices { get; }

    IGrainLifecycle ObservableLifecycle { get; }

    Task Deactivated { get; }

    TComponent? GetComponent<TComponent>()
        where TComponent : class;

    void SetComponent<TComponent>(TComponent? value)
        where TComponent : class;

    void Deactivate(DeactivationReason deactivationReason, CancellationToken cancellationToken = default);
}

/// <summary>The activation whose turn it is.</summary>
public interface IGrainContextAccessor
{
    IGrainContext GrainContext { get; }
}
