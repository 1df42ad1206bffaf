namespace NeuroTrails.Checkpoints;

/// <summary>
/// <c>manifest.json</c>: written last, its presence makes a folder a checkpoint. Whatever may differ between equal runs (time, generation,
/// versions) stands here and not in the safetensors files.
/// </summary>
public sealed record CheckpointManifest
{
    /// <summary>The format that this library writes.</summary>
    public const int CurrentFormat = 1;

    /// <summary>Format of the folder; a larger one than <see cref="CurrentFormat"/> is refused.</summary>
    public required int FormatVersion { get; init; }

    /// <summary>Steps completed.</summary>
    public required long Step { get; init; }

    /// <summary>Epoch that the next step belongs to, from 0.</summary>
    public required long Epoch { get; init; }

    /// <summary>Batches of that epoch already learnt from.</summary>
    public required long DataPosition { get; init; }

    /// <summary>Generation of the run that wrote it: it rises with each loading, from 1.</summary>
    public required long Generation { get; init; }

    /// <summary>When it was committed.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>Versions of the library and the runtime.</summary>
    public required IReadOnlyDictionary<string, string> Versions { get; init; }

    /// <summary>All other files of the folder, by name.</summary>
    public required IReadOnlyList<ManifestFile> Files { get; init; }
}
