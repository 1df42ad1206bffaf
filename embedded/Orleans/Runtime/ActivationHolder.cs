namespace Orleans.Runtime;

/// <summary>Scoped: lets whatever an activation's scope creates ask for the activation.</summary>
internal sealed class ActivationHolder
{
    public Activation? Activation { get; set; }

    public IGrainContext Context
        => Activation ?? throw new InvalidOperationException("IGrainContext can only be asked for within a grain's scope.");
}

/// <inheritdoc/>
internal sealed class GrainContextAccessor : IGrainContextAccessor
{
    public IGrainContext GrainContext => RuntimeContext.Current!;
}
