using NeuroTrails.Metrics;

namespace NeuroTrails.Running;

/// <summary>
/// How well an ensemble and its heads do on some samples: one record from the grain that measures to the screen, files and telemetry.
/// Figures of diversity are absent, not zero, for one head; what else may be absent was not measured by older versions. Definitions:
/// <c>docs/metrics.md</c>.
/// </summary>
[GenerateSerializer, Immutable, Alias("nt.EnsembleFigures")]
public record EnsembleFigures
{
    /// <summary>Samples measured.</summary>
    [Id(0)]
    public long? Samples { get; init; }

    /// <summary>Accuracy of the ensemble, 0 to 1.</summary>
    [Id(1)]
    public required double Accuracy { get; init; }

    /// <summary>Negative log-likelihood of the ensemble, in nats a sample.</summary>
    [Id(2)]
    public required double Nll { get; init; }

    /// <summary>Expected calibration error of the ensemble, 15 equal-width bins, 0 to 1.</summary>
    [Id(3)]
    public required double Ece { get; init; }

    /// <summary>Calibration error of the ensemble over 15 equal-count bins, 0 to 1.</summary>
    [Id(4)]
    public double? AdaptiveEce { get; init; }

    /// <summary>Brier score of the ensemble, 0 to 2.</summary>
    [Id(5)]
    public double? Brier { get; init; }

    /// <summary>Area under the ensemble's risk-coverage curve, 0 to 1.</summary>
    [Id(6)]
    public double? Aurc { get; init; }

    /// <summary>Mean entropy of the ensemble's predictions, in nats.</summary>
    [Id(7)]
    public double? Entropy { get; init; }

    /// <summary>Accuracy of each head alone [M].</summary>
    [Id(8)]
    public required IReadOnlyList<double> HeadAccuracy { get; init; }

    /// <summary>Negative log-likelihood of each head alone, in nats [M].</summary>
    [Id(9)]
    public IReadOnlyList<double>? HeadNll { get; init; }

    /// <summary>Expected calibration error of each head alone [M].</summary>
    [Id(10)]
    public IReadOnlyList<double>? HeadEce { get; init; }

    /// <summary>Mean over pairs of heads of the share of samples on which they differ.</summary>
    [Id(11)]
    public double? Disagreement { get; init; }

    /// <summary>Mean over ordered pairs of heads of the KL divergence, in nats.</summary>
    [Id(12)]
    public double? KlDiversity { get; init; }

    /// <summary>Mean mutual information between prediction and head, in nats.</summary>
    [Id(13)]
    public double? MutualInformation { get; init; }

    /// <summary>Samples by true class (row), then by the class that the ensemble predicted
    /// (column) [C][C]; absent where they were not asked for.</summary>
    [Id(14)]
    public IReadOnlyList<IReadOnlyList<long>>? Confusion { get; init; }

    /// <summary>The figures of an evaluation.</summary>
    /// <param name="evaluation">What was measured.</param>
    /// <param name="classes">Number of classes.</param>
    public static EnsembleFigures Of(EnsembleEvaluation evaluation, int classes)
    {
        ArgumentNullException.ThrowIfNull(evaluation);
        var report = evaluation.Result();
        return new()
        {
            Samples = report.Count,
            Accuracy = report.Accuracy,
            Nll = report.Nll,
            Ece = report.Ece,
            AdaptiveEce = report.AdaptiveEce,
            Brier = report.Brier,
            Aurc = report.Aurc,
            Entropy = report.PredictiveEntropy,
            HeadAccuracy = report.HeadAccuracy.ToArray(),
            HeadNll = report.HeadNll.ToArray(),
            HeadEce = report.HeadEce.ToArray(),
            Disagreement = report.Disagreement,
            KlDiversity = report.KlDiversity,
            MutualInformation = report.MutualInformation,
            Confusion = evaluation.Confusion is { } counts ? counts.Chunk(classes).ToArray() : null,
        };
    }
}
