namespace NeuroTrails.Running;

/// <summary>Asks for predictions.</summary>
/// <param name="RunFolder">Absolute path of the run folder.</param>
/// <param name="Checkpoint">Which of its checkpoints.</param>
/// <param name="InputFile">Samples: an array (.npy, .npz), a table (.csv, .tsv), an image, or a folder of images.</param>
/// <param name="OutputFile">The file to write; its extension, one of <see cref="Formats"/>, decides how.</param>
/// <param name="Device">Where to compute, when not where the run did.</param>
/// <param name="Force">Whether a file that is there may be replaced.</param>
/// <param name="Scale">What the values of the file are divided by, when not by what the run's data are; above 0.</param>
public sealed record PredictionRequest(
    string RunFolder,
    CheckpointChoice Checkpoint,
    string InputFile,
    string OutputFile,
    string? Device = null,
    bool Force = false,
    double? Scale = null
)
{
    /// <summary>Extensions that an output may have.</summary>
    public static IReadOnlyList<string> Formats { get; } = [".npz", ".npy", ".csv", ".json"];

    /// <summary>The extension of an output, one of <see cref="Formats"/>.</summary>
    /// <param name="file">The file.</param>
    /// <exception cref="UserErrorException">It has another.</exception>
    public static string FormatOf(string file)
    {
        var extension = Path.GetExtension(file).ToLowerInvariant();
        return Formats.Contains(extension)
            ? extension
            : throw new UserErrorException(
                $"--output: `{file}` ends in {(extension.Length == 0 ? "no extension" : extension)}, which names no format. Allowed: "
                    + $"{string.Join(", ", Formats)}."
            );
    }
}

/// <summary>What was predicted.</summary>
/// <param name="Samples">Samples N.</param>
/// <param name="Classes">Classes C.</param>
/// <param name="Heads">Heads M.</param>
/// <param name="Step">Step of the checkpoint that predicted.</param>
/// <param name="Member">What a head is called here.</param>
public sealed record PredictionResult(long Samples, int Classes, int Heads, long Step, string Member = "head");
