namespace NeuroTrails.Metrics;

/// <summary>Mean over samples of H(mean p) − mean H(p), in nats: the uncertainty that comes from
/// the heads' not agreeing; 0 to ln M.</summary>
/// <remarks>Input: probabilities [H, C] per sample. The mean is always that of the probabilities, whatever rule makes the ensemble's
/// prediction. Source: N. Houlsby et al., "Bayesian active learning for classification and preference learning", arXiv 1112.5745.</remarks>
/// <example>Heads [1, 0] and [0, 1]: H([0.5, 0.5]) − 0 = ln 2.</example>
public sealed class MutualInformation : IDiversityMetric
{
    private readonly int _heads;
    private double[] _mean_C = [];
    private double _sum;

    /// <summary>Starts an empty figure.</summary>
    /// <param name="heads">H, at least 1.</param>
    public MutualInformation(int heads)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(heads, 1);
        _heads = heads;
    }

    /// <inheritdoc/>
    public long Count { get; private set; }

    /// <inheritdoc/>
    public double? Value => _heads == 1 ? null : MetricGuard.Mean(_sum, Count);

    /// <summary>Mutual information of one sample.</summary>
    /// <param name="probabilities_HC">Probabilities of the C classes by each head, head after head.</param>
    /// <param name="mean_C">Receives the mean over heads, which the caller often needs as well.</param>
    /// <returns>At least 0; what rounding takes below is cut off.</returns>
    public static double Of(ReadOnlySpan<double> probabilities_HC, Span<double> mean_C)
    {
        EnsembleAggregator.MeanOverHeads(probabilities_HC, mean_C);
        var entropies = 0.0;
        var heads = 0;
        for (var at = 0; at < probabilities_HC.Length; at += mean_C.Length, heads++)
        {
            entropies += Entropy.Of(probabilities_HC.Slice(at, mean_C.Length));
        }

        return Math.Max(0, Entropy.Of(mean_C) - (entropies / heads));
    }

    /// <inheritdoc/>
    public void Add(ReadOnlySpan<double> probabilities_HC)
    {
        var classes = MetricGuard.Classes(probabilities_HC.Length, _heads);
        if (_mean_C.Length != classes)
        {
            _mean_C = new double[classes];
        }

        _sum += Of(probabilities_HC, _mean_C);
        Count++;
    }
}
