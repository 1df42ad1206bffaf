using NeuroTrails.Running;

namespace NeuroTrails.Client.Verbs;

/// <summary>What was typed after <c>train</c>; null or empty where an option was not given.</summary>
internal sealed record TrainArguments
{
    /// <summary>--preset.</summary>
    public string? Preset { get; init; }

    /// <summary>--config.</summary>
    public string? Config { get; init; }

    /// <summary>Every --set.</summary>
    public IReadOnlyList<string> Set { get; init; } = [];

    /// <summary>--data.</summary>
    public string? Data { get; init; }

    /// <summary>--out.</summary>
    public string? Out { get; init; }

    /// <summary>--seed.</summary>
    public string? Seed { get; init; }

    /// <summary>--device.</summary>
    public string? Device { get; init; }

    /// <summary>--epochs.</summary>
    public string? Epochs { get; init; }

    /// <summary>--steps.</summary>
    public string? Steps { get; init; }

    /// <summary>--share.</summary>
    public string? Share { get; init; }

    /// <summary>--resume: a run's folder, or <c>auto</c>.</summary>
    public string? Resume { get; init; }

    /// <summary>--init-from.</summary>
    public string? InitFrom { get; init; }

    /// <summary>Whether --allow-changed-data was given.</summary>
    public bool AllowChangedData { get; init; }

    /// <summary>--telemetry.</summary>
    public ConsoleTelemetry ConsoleTelemetry { get; init; }
}
