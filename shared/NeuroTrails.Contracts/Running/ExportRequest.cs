namespace NeuroTrails.Running;

/// <summary>Asks for a model or for weights that other programs use.</summary>
/// <param name="RunFolder">Absolute path of the run folder.</param>
/// <param name="Checkpoint">Which of its checkpoints.</param>
/// <param name="OutputFile">The file to write.</param>
/// <param name="Force">Whether a file that is there may be replaced.</param>
/// <param name="Format">What to write.</param>
/// <param name="Masks">Whether weights come with their masks; not for <see cref="ExportFormat.Onnx"/>.</param>
public sealed record ExportRequest(
    string RunFolder,
    CheckpointChoice Checkpoint,
    string OutputFile,
    bool Force = false,
    ExportFormat Format = ExportFormat.Onnx,
    bool Masks = false
)
{
    /// <summary>Names of the formats, as <c>--format</c> has them and files end.</summary>
    public static IReadOnlyList<string> Formats { get; } = ["onnx", "safetensors", "npz"];

    /// <summary>The format that is meant.</summary>
    /// <param name="file">The output, whose ending counts where no format is named.</param>
    /// <param name="format">One of <see cref="Formats"/>, or null.</param>
    /// <exception cref="UserErrorException">No format is named, or another one than the file's ending names.</exception>
    public static ExportFormat FormatOf(string file, string? format)
    {
        var ending = Path.GetExtension(file).TrimStart('.').ToLowerInvariant();
        if (format is not null && format != ending && Formats.Contains(ending))
        {
            throw new UserErrorException(
                $"--format is {format}, but --output `{file}` ends in .{ending}. Let them agree, or leave --format out."
            );
        }

        var name = format ?? ending;
        return Formats.Contains(name)
            ? Enum.Parse<ExportFormat>(name, ignoreCase: true)
            : throw new UserErrorException(
                $"--output: `{file}` ends in {(ending.Length == 0 ? "no extension" : "." + ending)}, which names no format. Allowed: "
                    + $"{string.Join(", ", Formats.Select(known => "." + known))}; or name one by --format."
            );
    }
}

/// <summary>What is exported.</summary>
public enum ExportFormat
{
    /// <summary>A model that runs by itself.</summary>
    Onnx,

    /// <summary>Weights, with facts about the run.</summary>
    Safetensors,

    /// <summary>Weights as arrays of numpy.</summary>
    Npz,
}

/// <summary>What was exported.</summary>
/// <param name="Step">Step of the checkpoint.</param>
/// <param name="Heads">Heads M.</param>
/// <param name="Bytes">Size of the file.</param>
/// <param name="Normalises">Whether the run's constants are known, so that a model takes samples as they are stored; else it takes what the
/// run's data source prepares.</param>
/// <param name="Published">Of weights: whether they are called as in the published code.</param>
public sealed record ExportResult(long Step, int Heads, long Bytes, bool Normalises, bool Published = false);
