using NeuroTrails.Configuration;

namespace NeuroTrails.Running;

/// <summary>Asks for a run to be trained.</summary>
/// <param name="Options">
/// The run's settings, validated. When an existing run is continued they are the run's own, read from its <c>config.yaml</c>.
/// </param>
/// <param name="RunFolder">Absolute path of the run folder; created where it is missing.</param>
/// <param name="Resume">What to do when the folder holds a run already, or holds none.</param>
/// <param name="ConsoleTelemetry">Which metrics and spans are also printed on the console.</param>
/// <param name="AllowChangedData">Whether a run goes on with data that are not those it was started with.</param>
/// <param name="InitFrom">Folder of a run whose last weights a new run starts from, or of one of
/// its checkpoints; or a file of weights, .safetensors or .npz; null for weights that are drawn.</param>
public sealed record TrainRequest(
    RunOptions Options,
    string RunFolder,
    ResumeMode Resume,
    ConsoleTelemetry ConsoleTelemetry = ConsoleTelemetry.None,
    bool AllowChangedData = false,
    string? InitFrom = null
)
{
    /// <summary>The live page and what belongs to it; absent for none.</summary>
    public PageRequest? Web { get; init; }
}

/// <summary>How a request relates to what the run folder holds.</summary>
public enum ResumeMode
{
    /// <summary>Starts a run; a folder that holds one is a <see cref="UserErrorException"/>, and nothing in it is touched.</summary>
    Never,

    /// <summary>Continues the run in the folder; a folder that holds none is a <see cref="UserErrorException"/>.</summary>
    Always,

    /// <summary>Continues where the folder holds a run, starts where it holds none.</summary>
    Auto,
}
