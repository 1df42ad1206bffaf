namespace NeuroTrails.Running;

/// <summary>The figures of a finished run; written to <c>summary.json</c>. Accuracies are shares, 0 to 1, of the test split with the last weights.</summary>
public sealed record RunSummary
{
    /// <summary>Accuracy of the ensemble.</summary>
    public required double Accuracy { get; init; }

    /// <summary>Negative log-likelihood of the ensemble, in nats a sample.</summary>
    public required double Nll { get; init; }

    /// <summary>Expected calibration error of the ensemble, 15 equal-width bins.</summary>
    public required double Ece { get; init; }

    /// <summary>Accuracy of each head alone [M].</summary>
    public required IReadOnlyList<double> HeadAccuracy { get; init; }

    /// <summary>Negative log-likelihood of each head alone, in nats [M].</summary>
    public IReadOnlyList<double>? HeadNll { get; init; }

    /// <summary>Expected calibration error of each head alone [M].</summary>
    public IReadOnlyList<double>? HeadEce { get; init; }

    /// <summary>Brier score of the ensemble.</summary>
    public double? Brier { get; init; }

    /// <summary>Mean over pairs of heads of the share of samples on which they differ; absent for one head.</summary>
    public double? Disagreement { get; init; }

    /// <summary>Mean over ordered pairs of heads of the KL divergence, in nats; absent for one head.</summary>
    public double? KlDiversity { get; init; }

    /// <summary>Mean mutual information between prediction and head, in nats; absent for one head.</summary>
    public double? MutualInformation { get; init; }

    /// <summary>How the heads' outputs were combined: <c>probabilities</c> or <c>logits</c>.</summary>
    public required string Prediction { get; init; }

    /// <summary>Number of heads M.</summary>
    public required int Heads { get; init; }

    /// <summary>Active over masked weights, 0 to 1.</summary>
    public required double Density { get; init; }

    /// <summary>Active masked weights, norms and biases.</summary>
    public required long ActiveParameters { get; init; }

    /// <summary>Parameters were nothing masked.</summary>
    public required long DenseParameters { get; init; }

    /// <summary>Floating-point operations of one prediction for one sample: 2 a multiply-add with an active weight.</summary>
    public required long InferenceFlops { get; init; }

    /// <summary>Topology updates of the run.</summary>
    public required long TopologyUpdates { get; init; }

    /// <summary>Weights dropped in all.</summary>
    public required long Dropped { get; init; }

    /// <summary>Positions grown in all.</summary>
    public required long Grown { get; init; }

    /// <summary>Optimiser steps.</summary>
    public required long Steps { get; init; }

    /// <summary>Seconds spent training, over all sittings, without set-up and evaluation.</summary>
    public required double TrainSeconds { get; init; }

    /// <summary>The runtime line: which packages, which stand-ins, which libtorch.</summary>
    public required string Runtime { get; init; }
}
