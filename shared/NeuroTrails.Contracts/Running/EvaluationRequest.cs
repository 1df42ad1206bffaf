namespace NeuroTrails.Running;

/// <summary>Asks for a run to be measured.</summary>
/// <param name="RunFolder">Absolute path of the run folder.</param>
/// <param name="Checkpoint">Which of its checkpoints.</param>
/// <param name="Split">Name of the split: <c>test</c>, <c>validation</c> or <c>train</c>; null for that of the run's results.</param>
/// <param name="DataPath">Where the data set lies, when not where the run found it.</param>
/// <param name="Device">Where to compute, when not where the run did.</param>
/// <param name="Foreign">File or folder of samples that are not the data's, to be told from the split; null for none.</param>
public sealed record EvaluationRequest(
    string RunFolder,
    CheckpointChoice Checkpoint,
    string? Split,
    string? DataPath = null,
    string? Device = null,
    string? Foreign = null
)
{
    /// <summary>Whether to fit temperatures and a conformal threshold on the validation split, and to measure what they bring.</summary>
    public bool Calibrates { get; init; }

    /// <summary>Seed of the corruptions under which to measure the split, too; null for none.</summary>
    public long? CorruptionSeed { get; init; }
}
