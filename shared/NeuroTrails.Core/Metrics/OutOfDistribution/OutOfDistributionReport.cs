namespace NeuroTrails.Metrics.OutOfDistribution;

/// <summary>How well foreign samples are told from known ones.</summary>
/// <param name="Criterion">What of a prediction was looked at.</param>
/// <param name="Known">Samples from the model's own distribution.</param>
/// <param name="Foreign">Samples from another.</param>
/// <param name="Auroc">Area under the receiver operating characteristic, 0.5 is guessing.</param>
/// <param name="Aupr">Average precision with foreign as positive; Foreign / (Known + Foreign) is guessing.</param>
/// <param name="Fpr95">Share of known samples flagged when 95 % of the foreign ones are.</param>
public sealed record OutOfDistributionReport(
    OutOfDistributionCriterion Criterion,
    long Known,
    long Foreign,
    double Auroc,
    double Aupr,
    double Fpr95
);
