using NeuroTrails.Running;

namespace NeuroTrails.Client.Verbs;

/// <summary>What was typed after <c>train</c>; null or empty where an option was not given.</summary>
internal sealed record TrainArguments
{
    public string? Preset { get; init; }

    public string? Config { get; init; }

    public IReadOnlyList<string> Set { get; init; } = [];

    public string? Data { get; init; }

    public string? Out { get; init; }

    public string? Seed { get; init; }

    public string? Device { get; init; }

    public string? Epochs { get; init; }

    public string? Steps { get; init; }

    public string? Share { get; init; }

    public string? Resume { get; init; }

    public string? InitFrom { get; init; }

    public bool AllowChangedData { get; init; }

    public ConsoleTelemetry ConsoleTelemetry { get; init; }
}
