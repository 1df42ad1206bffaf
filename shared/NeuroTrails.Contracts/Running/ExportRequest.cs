namespace NeuroTrails.Running;

/// <summary>Asks for a model that other programs run, in ONNX.</summary>
/// <param name="RunFolder">Absolute path of the run folder.</param>
/// <param name="Checkpoint">Which of its checkpoints.</param>
/// <param name="OutputFile">The file to write.</param>
/// <param name="Force">Whether a file that is there may be replaced.</param>
public sealed record ExportRequest(string RunFolder, CheckpointChoice Checkpoint, string OutputFile, bool Force = false);

/// <summary>What was exported.</summary>
/// <param name="Step">Step of the checkpoint.</param>
/// <param name="Heads">Heads M.</param>
/// <param name="Bytes">Size of the file.</param>
/// <param name="Normalises">Whether the model takes samples as they are stored; else it takes what the run's data source prepares.</param>
public sealed record ExportResult(long Step, int Heads, long Bytes, bool Normalises);
