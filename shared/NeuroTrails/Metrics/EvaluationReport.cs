using NeuroTrails.Configuration;

namespace NeuroTrails.Metrics;

/// <summary>What an evaluation found, over all its samples.</summary>
/// <param name="Count">Samples measured.</param>
/// <param name="Heads">Heads of the ensemble, M.</param>
/// <param name="Rule">How the heads' outputs became one prediction.</param>
/// <param name="Accuracy">Of the ensemble, 0 to 1.</param>
/// <param name="Nll">Negative log-likelihood of the ensemble, in nats.</param>
/// <param name="Brier">Of the ensemble, 0 to 2.</param>
/// <param name="Ece">Expected calibration error of the ensemble, 15 equal-width bins, 0 to 1.</param>
/// <param name="AdaptiveEce">Calibration error of the ensemble over 15 equal-count bins, 0 to 1.</param>
/// <param name="Aurc">Area under the ensemble's risk-coverage curve, 0 to 1.</param>
/// <param name="PredictiveEntropy">Mean entropy of the ensemble's prediction, in nats.</param>
/// <param name="HeadAccuracy">Accuracy of each head, [M].</param>
/// <param name="HeadNll">Negative log-likelihood of each head, [M], in nats.</param>
/// <param name="HeadEce">Expected calibration error of each head, [M], 15 equal-width bins, 0 to 1.</param>
/// <param name="Disagreement">Mean share of pairs of heads that predict different classes; absent with one head.</param>
/// <param name="KlDiversity">Mean divergence over ordered pairs of heads, in nats; absent with one head.</param>
/// <param name="MutualInformation">Mean of H(mean p) − mean H(p), in nats; absent with one head.</param>
public sealed record EvaluationReport(
    long Count,
    int Heads,
    PredictionRule Rule,
    double Accuracy,
    double Nll,
    double Brier,
    double Ece,
    double AdaptiveEce,
    double Aurc,
    double PredictiveEntropy,
    IReadOnlyList<double> HeadAccuracy,
    IReadOnlyList<double> HeadNll,
    IReadOnlyList<double> HeadEce,
    double? Disagreement,
    double? KlDiversity,
    double? MutualInformation
)
{
    /// <summary>exp of <see cref="Nll"/>: what language models report per token.</summary>
    public double Perplexity => Math.Exp(Nll);
}
