namespace NeuroTrails.Running;

/// <summary>Asks for predictions.</summary>
/// <param name="RunFolder">Absolute path of the run folder.</param>
/// <param name="Checkpoint">Which of its checkpoints.</param>
/// <param name="InputFile">An .npy file [N,…] in the form the data set's samples have.</param>
/// <param name="OutputFile">The .npz file to write: mean [N,C], heads [N,M,C], entropy [N], mutual_information [N].</param>
/// <param name="Device">Where to compute, when not where the run did.</param>
/// <param name="Scale">What the values of the file are divided by, when not by what the run's data are; above 0.</param>
public sealed record PredictionRequest(
    string RunFolder,
    CheckpointChoice Checkpoint,
    string InputFile,
    string OutputFile,
    string? Device = null,
    double? Scale = null);

/// <summary>What was predicted.</summary>
/// <param name="Samples">Samples N.</param>
/// <param name="Classes">Classes C.</param>
/// <param name="Heads">Heads M.</param>
/// <param name="Step">Step of the checkpoint that predicted.</param>
public sealed record PredictionResult(long Samples, int Classes, int Heads, long Step);
