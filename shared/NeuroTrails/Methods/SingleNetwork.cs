using NeuroTrails.Configuration;

namespace NeuroTrails.Methods;

/// <summary>One dense network: what ensembles are compared with.</summary>
public sealed class SingleNetwork : EnsembleMethod
{
    /// <inheritdoc/>
    public override string Name => "single";

    /// <inheritdoc/>
    public override bool TakesText => true;

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, object?> Fixed { get; } =
        new Dictionary<string, object?> { ["ensemble.heads"] = 1, ["topology.density"] = 1.0 };

    /// <inheritdoc/>
    public override string Describe(EnsembleOptions options) => "one network";
}
