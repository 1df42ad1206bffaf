using NeuroTrails.Data;
using NeuroTrails.Training;

namespace NeuroTrails.Silo;

/// <summary>A checkpoint loaded on a silo of this process, ready to measure and predict.</summary>
/// <param name="Silo">The silo.</param>
/// <param name="RunId">The run.</param>
/// <param name="Generation">Generation that the owners serve.</param>
/// <param name="Step">Step of the checkpoint.</param>
/// <param name="Plan">The run's plan.</param>
/// <param name="Record">What the run was made from.</param>
/// <param name="Data">The run's data; null where they were not needed.</param>
internal sealed record OpenedRun(SiloHost Silo, string RunId, long Generation, long Step, RunPlan Plan, DataRecord Record, IRunData? Data)
    : IAsyncDisposable
{
    public ValueTask DisposeAsync() => Silo.DisposeAsync();
}
