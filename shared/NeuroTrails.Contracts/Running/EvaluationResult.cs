using System.Diagnostics.CodeAnalysis;
using NeuroTrails.Metrics.Calibration;
using NeuroTrails.Metrics.OutOfDistribution;

namespace NeuroTrails.Running;

/// <summary>How well a checkpoint does on a split.</summary>
public sealed record EvaluationResult : EnsembleFigures
{
    /// <summary>Nothing is known yet.</summary>
    public EvaluationResult() { }

    /// <summary>Begins with figures; what is required besides is set by whoever makes the result.</summary>
    /// <param name="figures">The figures.</param>
    [SetsRequiredMembers]
    public EvaluationResult(EnsembleFigures figures)
        : base(figures) => (Split, Prediction, Runtime) = (string.Empty, string.Empty, string.Empty);

    /// <summary>The split's name.</summary>
    public required string Split { get; init; }

    /// <summary>Step of the checkpoint that was measured.</summary>
    public required long Step { get; init; }

    /// <summary>How the heads' outputs were combined: <c>probabilities</c> or <c>logits</c>.</summary>
    public required string Prediction { get; init; }

    /// <summary>How well foreign samples are told from the split, by each criterion; absent where none were given.</summary>
    public IReadOnlyList<OutOfDistributionReport>? OutOfDistribution { get; init; }

    /// <summary>What temperatures and conformal sets from the validation split bring; absent where they were not asked for, and where there
    /// is no validation split or it is the one that was measured.</summary>
    public CalibrationReport? Calibration { get; init; }

    /// <summary>How the ensemble does on the split's images made worse; absent where it was not asked for.</summary>
    public CorruptionReport? Corruptions { get; init; }

    /// <summary>Names of the classes [C]; absent where the data have none.</summary>
    public IReadOnlyList<string>? ClassNames { get; init; }

    /// <summary>The runtime line.</summary>
    public required string Runtime { get; init; }
}
