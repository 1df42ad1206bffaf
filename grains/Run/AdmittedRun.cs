using NeuroTrails.Checkpoints;
using NeuroTrails.Contracts;
using NeuroTrails.Running;

namespace NeuroTrails.Grains;

/// <summary>A run that may begin, or go on.</summary>
/// <param name="Run">The run.</param>
/// <param name="Right">The right to write its folder; whoever is given this frees it.</param>
/// <param name="Finished">The figures of a run that was finished before, so that nothing is left to do; null otherwise.</param>
internal sealed record AdmittedRun(RunDefinition Run, RunLock? Right, RunSummary? Finished = null);
