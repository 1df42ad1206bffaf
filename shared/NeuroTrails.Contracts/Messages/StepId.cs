using System.Globalization;

namespace NeuroTrails.Contracts;

/// <summary>Names one piece of work of a run, so that a repeated call can be recognised.</summary>
/// <param name="Generation">Rises each time the run is loaded from a checkpoint; owners refuse an older one.</param>
/// <param name="Step">Optimiser step, from 1.</param>
[GenerateSerializer, Immutable, Alias("nt.StepId")]
public readonly record struct StepId(long Generation, long Step)
{
    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"step {Step} of generation {Generation}");
}
