using System.Numerics;
using NeuroTrails.Configuration;

namespace NeuroTrails.Metrics.OutOfDistribution;

/// <summary>Measures how well an ensemble notices inputs of a kind it was not trained on, over batches of its heads' logits.</summary>
/// <param name="heads">H, at least 1; at least 2 for mutual information.</param>
/// <param name="classes">C, at least 1.</param>
/// <param name="criterion">What of a prediction is looked at.</param>
/// <param name="rule">How the heads' outputs become one prediction.</param>
public sealed class OutOfDistributionEvaluation(
    int heads,
    int classes,
    OutOfDistributionCriterion criterion,
    PredictionRule rule = PredictionRule.Probabilities
)
{
    private readonly List<double> _known = [];
    private readonly List<double> _foreign = [];
    private readonly double[] _sample_HC = new double[heads * classes];
    private readonly double[] _ensemble_C = new double[classes];

    /// <summary>Adds a batch from the model's own distribution.</summary>
    /// <typeparam name="T">Type of the logits: <see cref="float"/>, <see cref="double"/> or <see cref="Half"/>.</typeparam>
    /// <param name="logits_HBC">Logits, head after head, sample after sample.</param>
    /// <exception cref="UserErrorException">A logit is not a number, or mutual information of a single head.</exception>
    public void AddKnown<T>(ReadOnlySpan<T> logits_HBC)
        where T : struct, IBinaryFloatingPointIeee754<T> => Add(logits_HBC, _known);

    /// <summary>Adds a batch from another distribution.</summary>
    /// <typeparam name="T">Type of the logits: <see cref="float"/>, <see cref="double"/> or <see cref="Half"/>.</typeparam>
    /// <param name="logits_HBC">Logits, head after head, sample after sample.</param>
    /// <exception cref="UserErrorException">A logit is not a number, or mutual information of a single head.</exception>
    public void AddForeign<T>(ReadOnlySpan<T> logits_HBC)
        where T : struct, IBinaryFloatingPointIeee754<T> => Add(logits_HBC, _foreign);

    /// <summary>The figures over all samples added so far.</summary>
    /// <exception cref="UserErrorException">Samples of one kind are missing.</exception>
    public OutOfDistributionReport Result() =>
        new(criterion, _known.Count, _foreign.Count, Auroc.Of(_known, _foreign), Aupr.Of(_known, _foreign), Fpr95.Of(_known, _foreign));

    private void Add<T>(ReadOnlySpan<T> logits_HBC, List<double> scores)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        if (logits_HBC.Length % _sample_HC.Length != 0)
        {
            throw new ArgumentException(
                $"{logits_HBC.Length} logits are not whole samples of {heads} heads × {classes} classes.",
                nameof(logits_HBC)
            );
        }

        var samples = logits_HBC.Length / _sample_HC.Length;
        for (var b = 0; b < samples; b++)
        {
            EnsembleAggregator.CombineSample(logits_HBC, b, samples, rule, _sample_HC, _ensemble_C);
            scores.Add(ForeignScore.Of(criterion, _ensemble_C, _sample_HC));
        }
    }
}
