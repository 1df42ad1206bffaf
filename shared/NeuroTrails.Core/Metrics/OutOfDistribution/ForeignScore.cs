namespace NeuroTrails.Metrics.OutOfDistribution;

/// <summary>One number per sample that is higher the more foreign the sample looks.</summary>
/// <remarks>Sources: D. Hendrycks, K. Gimpel, arXiv 1610.02136 (maximum softmax probability); B. Lakshminarayanan et al., arXiv 1612.01474
/// (entropy of ensembles).</remarks>
public static class ForeignScore
{
    /// <summary>Scores one sample.</summary>
    /// <param name="criterion">What is looked at.</param>
    /// <param name="ensemble_C">The ensemble's prediction.</param>
    /// <param name="probabilities_HC">The heads' predictions, head after head.</param>
    /// <returns>−max p, entropy in nats, or mutual information in nats.</returns>
    /// <exception cref="UserErrorException">Mutual information of a single head, or a probability that is not a number.</exception>
    /// <example>Msp of [0.7, 0.3] is −0.7.</example>
    public static double Of(OutOfDistributionCriterion criterion, ReadOnlySpan<double> ensemble_C, ReadOnlySpan<double> probabilities_HC)
    {
        switch (criterion)
        {
            case OutOfDistributionCriterion.Msp:
                return -ensemble_C[ArgMax.Of(ensemble_C)];
            case OutOfDistributionCriterion.Entropy:
                return Metrics.Entropy.Of(ensemble_C);
            case OutOfDistributionCriterion.MutualInformation when probabilities_HC.Length > ensemble_C.Length:
                return Metrics.MutualInformation.Of(probabilities_HC, new double[ensemble_C.Length]);
            case OutOfDistributionCriterion.MutualInformation:
                throw new UserErrorException(
                    "Mutual information needs at least 2 heads, and this model has 1. Choose the criterion msp or entropy."
                );
            default:
                throw new ArgumentOutOfRangeException(nameof(criterion), criterion, "Unknown criterion.");
        }
    }
}
