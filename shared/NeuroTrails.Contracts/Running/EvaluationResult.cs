namespace NeuroTrails.Running;

/// <summary>How well a checkpoint does on a split. Diversity figures are absent, not zero, for one head.</summary>
public sealed record EvaluationResult
{
    /// <summary>The split's name.</summary>
    public required string Split { get; init; }

    /// <summary>Step of the checkpoint that was measured.</summary>
    public required long Step { get; init; }

    /// <summary>Samples measured.</summary>
    public required long Samples { get; init; }

    /// <summary>How the heads' outputs were combined: <c>probabilities</c> or <c>logits</c>.</summary>
    public required string Prediction { get; init; }

    /// <summary>Accuracy of the ensemble, 0 to 1.</summary>
    public required double Accuracy { get; init; }

    /// <summary>Negative log-likelihood of the ensemble, in nats a sample.</summary>
    public required double Nll { get; init; }

    /// <summary>Expected calibration error of the ensemble, 15 equal-width bins.</summary>
    public required double Ece { get; init; }

    /// <summary>Brier score of the ensemble.</summary>
    public double? Brier { get; init; }

    /// <summary>Accuracy of each head alone [M].</summary>
    public required IReadOnlyList<double> HeadAccuracy { get; init; }

    /// <summary>NLL of each head alone, in nats [M].</summary>
    public IReadOnlyList<double>? HeadNll { get; init; }

    /// <summary>ECE of each head alone [M].</summary>
    public IReadOnlyList<double>? HeadEce { get; init; }

    /// <summary>Mean over pairs of heads of the share of samples on which they differ.</summary>
    public double? Disagreement { get; init; }

    /// <summary>Mean over ordered pairs of heads of the KL divergence, in nats.</summary>
    public double? KlDiversity { get; init; }

    /// <summary>Mean mutual information, in nats.</summary>
    public double? MutualInformation { get; init; }

    /// <summary>Samples by true class (row), then by the class that the ensemble predicted (column) [C][C].</summary>
    public IReadOnlyList<IReadOnlyList<long>>? Confusion { get; init; }

    /// <summary>Names of the classes [C]; absent where the data have none.</summary>
    public IReadOnlyList<string>? ClassNames { get; init; }

    /// <summary>The runtime line.</summary>
    public required string Runtime { get; init; }
}
