namespace NeuroTrails.Checkpoints;

/// <summary><c>best.json</c>: the checkpoint that did best so far, and by what.</summary>
/// <param name="Step">Its step.</param>
/// <param name="Metric">What was compared, such as <c>validation_nll</c>; lower is better.</param>
/// <param name="Value">What it reached.</param>
public sealed record BestCheckpoint(long Step, string Metric, double Value);
