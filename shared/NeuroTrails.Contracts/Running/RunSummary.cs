namespace NeuroTrails.Running;

/// <summary>The figures of a finished run; written to <c>summary.json</c>. Accuracies are shares, 0 to 1, of one split with the last weights.</summary>
[GenerateSerializer, Immutable, Alias("nt.RunSummary")]
public sealed record RunSummary
{
    /// <summary>Accuracy of the ensemble.</summary>
    [Id(0)]
    public required double Accuracy { get; init; }

    /// <summary>Negative log-likelihood of the ensemble, in nats a sample.</summary>
    [Id(1)]
    public required double Nll { get; init; }

    /// <summary>Expected calibration error of the ensemble, 15 equal-width bins.</summary>
    [Id(2)]
    public required double Ece { get; init; }

    /// <summary>Accuracy of each head alone [M].</summary>
    [Id(3)]
    public required IReadOnlyList<double> HeadAccuracy { get; init; }

    /// <summary>Negative log-likelihood of each head alone, in nats [M].</summary>
    [Id(4)]
    public IReadOnlyList<double>? HeadNll { get; init; }

    /// <summary>Expected calibration error of each head alone [M].</summary>
    [Id(5)]
    public IReadOnlyList<double>? HeadEce { get; init; }

    /// <summary>Brier score of the ensemble.</summary>
    [Id(6)]
    public double? Brier { get; init; }

    /// <summary>Mean over pairs of heads of the share of samples on which they differ; absent for one head.</summary>
    [Id(7)]
    public double? Disagreement { get; init; }

    /// <summary>Mean over ordered pairs of heads of the KL divergence, in nats; absent for one head.</summary>
    [Id(8)]
    public double? KlDiversity { get; init; }

    /// <summary>Mean mutual information between prediction and head, in nats; absent for one head.</summary>
    [Id(9)]
    public double? MutualInformation { get; init; }

    /// <summary>How the heads' outputs were combined: <c>probabilities</c> or <c>logits</c>.</summary>
    [Id(10)]
    public required string Prediction { get; init; }

    /// <summary>Number of heads M.</summary>
    [Id(11)]
    public required int Heads { get; init; }

    /// <summary>Active over masked weights, 0 to 1.</summary>
    [Id(12)]
    public required double Density { get; init; }

    /// <summary>Active masked weights, norms and biases.</summary>
    [Id(13)]
    public required long ActiveParameters { get; init; }

    /// <summary>Parameters were nothing masked.</summary>
    [Id(14)]
    public required long DenseParameters { get; init; }

    /// <summary>Floating-point operations of one prediction for one sample: 2 a multiply-add with an active weight.</summary>
    [Id(15)]
    public required long InferenceFlops { get; init; }

    /// <summary>Topology updates of the run.</summary>
    [Id(16)]
    public required long TopologyUpdates { get; init; }

    /// <summary>Weights dropped in all.</summary>
    [Id(17)]
    public required long Dropped { get; init; }

    /// <summary>Positions grown in all.</summary>
    [Id(18)]
    public required long Grown { get; init; }

    /// <summary>Optimiser steps.</summary>
    [Id(19)]
    public required long Steps { get; init; }

    /// <summary>Seconds spent training, over all sittings, without set-up and evaluation.</summary>
    [Id(20)]
    public required double TrainSeconds { get; init; }

    /// <summary>The runtime line: versions of the packages.</summary>
    [Id(21)]
    public required string Runtime { get; init; }

    /// <summary>Active positions of all masked tensors together, as checkpoints count them; absent in summaries of older versions.</summary>
    [Id(22)]
    public long? ActiveWeights { get; init; }

    /// <summary>All positions of the masked tensors; absent in summaries of older versions.</summary>
    [Id(23)]
    public long? Weights { get; init; }

    /// <summary>The split that the figures are of: <c>test</c>, or, without one, <c>validation</c> or <c>train</c>.</summary>
    [Id(24)]
    public string Split { get; init; } = "test";
}
