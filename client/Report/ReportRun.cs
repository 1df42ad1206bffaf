using NeuroTrails.Configuration;
using NeuroTrails.Data;
using NeuroTrails.Running;

namespace NeuroTrails.Client.Report;

/// <summary>A run as a report knows it. What could not be had is absent, and a note says why.</summary>
internal sealed record ReportRun
{
    /// <summary>Its folder, as the user should type it.</summary>
    public required string Name { get; init; }

    public required RunOptions Options { get; init; }

    /// <summary>What its folder says of its end; absent for a run that has none.</summary>
    public RunSummary? Summary { get; init; }

    /// <summary>What its checkpoint shows; absent where it cannot be read.</summary>
    public RunEvidence? Evidence { get; init; }

    public DataRecord? Data { get; init; }

    public required RunHistory History { get; init; }

    /// <summary>What was measured under corruptions; empty where nothing was.</summary>
    public IReadOnlyList<CorruptionResult> Corruptions { get; init; } = [];

    public RunCost Cost { get; init; } = new();

    /// <summary>Its figures: those of the predictions that the report made, else those of its summary.</summary>
    public EnsembleFigures? Figures => Evidence?.Figures ?? Summary;

    /// <summary>Members of the ensemble.</summary>
    public int Members => Figures?.HeadAccuracy.Count ?? 0;

    /// <summary>A figure by its name; absent where it was not measured. Figures of diversity are absent for one member.</summary>
    public double? Figure(string name) => Figures?[name] is { } value && double.IsFinite(value) ? value : null;
}

/// <summary>What a run costs, each in its own unit and never mixed.</summary>
internal sealed record RunCost
{
    /// <summary>Active masked weights, norms and biases.</summary>
    public double? ActiveParameters { get; init; }

    /// <summary>Floating-point operations of the whole training.</summary>
    public double? TrainingFlops { get; init; }

    /// <summary>Floating-point operations of one prediction for one sample.</summary>
    public double? InferenceFlops { get; init; }

    /// <summary>Seconds of training, as measured.</summary>
    public double? TrainSeconds { get; init; }

    /// <summary>Joules of the machine's processor packages while it trained, as measured.</summary>
    public double? CpuJoules { get; init; }

    /// <summary>Peak memory of the process in MiB, as measured.</summary>
    public double? PeakMib { get; init; }
}

/// <summary>A kind of cost: how it is called, and how it is read off a run.</summary>
internal sealed record CostKind(string Key, string Title, string Unit, Func<RunCost, double?> Of)
{
    /// <summary>All kinds, in the order of columns.</summary>
    public static IReadOnlyList<CostKind> All { get; } =
    [
        new("active_parameters", "active parameters", "", cost => cost.ActiveParameters),
        new("training_flops", "training FLOPs", "", cost => cost.TrainingFlops),
        new("inference_flops", "inference FLOPs", "", cost => cost.InferenceFlops),
        new("train_seconds", "training time", "s", cost => cost.TrainSeconds),
        new("cpu_joules", "CPU energy", "J", cost => cost.CpuJoules),
        new("peak_mib", "peak memory", "MiB", cost => cost.PeakMib),
    ];

    /// <summary>Those that do not depend on the machine.</summary>
    public static IEnumerable<CostKind> Counted => All.Take(3);
}
