using System.Numerics;
using NeuroTrails.Configuration;

namespace NeuroTrails.Metrics;

/// <summary>Measures an ensemble over batches of its heads' outputs, however the samples are cut into batches.</summary>
/// <example>
/// <code>
/// var evaluation = new EnsembleEvaluation(heads: 3, classes: 10, PredictionRule.Probabilities);
/// evaluation.Add(logits_HBC, labels_B); // once a batch
/// EvaluationReport report = evaluation.Result();
/// </code>
/// </example>
public sealed class EnsembleEvaluation
{
    private readonly int _heads;
    private readonly int _classes;
    private readonly PredictionRule _rule;
    private readonly double[] _sample_HC;
    private readonly double[] _ensemble_C;
    private readonly Accuracy _accuracy = new();
    private readonly NegativeLogLikelihood _nll = new();
    private readonly Brier _brier = new();
    private readonly ExpectedCalibrationError _ece = new();
    private readonly AdaptiveCalibrationError _adaptive = new();
    private readonly AreaUnderRiskCoverage _aurc = new();
    private readonly PredictiveEntropy _entropy = new();
    private readonly ConfusionCounts? _confusion;
    private readonly PerHead<Accuracy> _headAccuracy;
    private readonly PerHead<NegativeLogLikelihood> _headNll;
    private readonly PerHead<ExpectedCalibrationError> _headEce;
    private readonly Disagreement _disagreement;
    private readonly KlDiversity _kl;
    private readonly MutualInformation _information;
    private readonly IPredictionMetric[] _ofEnsemble;
    private readonly IDiversityMetric[] _ofDiversity;

    /// <summary>Starts an evaluation without samples.</summary>
    /// <param name="heads">H, at least 1.</param>
    /// <param name="classes">C, at least 1.</param>
    /// <param name="rule">How the heads' outputs become one prediction.</param>
    /// <param name="confusion">Whether to count which class was taken for which.</param>
    public EnsembleEvaluation(int heads, int classes, PredictionRule rule = PredictionRule.Probabilities, bool confusion = false)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(heads, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 1);
        (_heads, _classes, _rule) = (heads, classes, rule);
        _confusion = confusion ? new(classes) : null;
        (_sample_HC, _ensemble_C) = (new double[heads * classes], new double[classes]);
        (_headAccuracy, _headNll, _headEce) = (new(heads), new(heads), new(heads));
        (_disagreement, _kl, _information) = (new(heads), new(heads), new(heads));
        _ofEnsemble = [_accuracy, _nll, _brier, _ece, _adaptive, _aurc, _entropy];
        _ofDiversity = [_disagreement, _kl, _information];
    }

    /// <summary>Samples added so far.</summary>
    public long Count => _accuracy.Count;

    /// <summary>Samples by true class, then by the class that the ensemble predicted [C·C]; null where they are not counted.</summary>
    public IReadOnlyList<long>? Confusion => _confusion?.Values;

    /// <summary>Adds one batch of logits.</summary>
    /// <typeparam name="T">Type of the logits: <see cref="float"/>, <see cref="double"/> or <see cref="Half"/>.</typeparam>
    /// <param name="logits_HBC">Logits, head after head, sample after sample; H·B·C values.</param>
    /// <param name="labels_B">True classes, each 0 to C−1.</param>
    /// <exception cref="UserErrorException">A logit is not a number, or a label is no class; the
    /// evaluation is then of no more use.</exception>
    public void Add<T>(ReadOnlySpan<T> logits_HBC, ReadOnlySpan<long> labels_B)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        CheckLength(logits_HBC.Length, labels_B.Length);
        for (var b = 0; b < labels_B.Length; b++)
        {
            EnsembleAggregator.CombineSample(logits_HBC, b, labels_B.Length, _rule, _sample_HC, _ensemble_C);
            AddSample(labels_B[b]);
        }
    }

    /// <summary>Adds one batch of probabilities, for predictors that have no logits; the ensemble is their mean.</summary>
    /// <typeparam name="T">Type of the probabilities: <see cref="float"/>, <see cref="double"/> or <see cref="Half"/>.</typeparam>
    /// <param name="probabilities_HBC">Probabilities, head after head, sample after sample; H·B·C values.</param>
    /// <param name="labels_B">True classes, each 0 to C−1.</param>
    /// <exception cref="InvalidOperationException">The rule needs logits.</exception>
    /// <exception cref="UserErrorException">Values that are no probabilities, or a label that is no class.</exception>
    public void AddProbabilities<T>(ReadOnlySpan<T> probabilities_HBC, ReadOnlySpan<long> labels_B)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        if (_rule != PredictionRule.Probabilities)
        {
            throw new InvalidOperationException("The mean of logits cannot be found from probabilities.");
        }

        CheckLength(probabilities_HBC.Length, labels_B.Length);
        for (var b = 0; b < labels_B.Length; b++)
        {
            for (var h = 0; h < _heads; h++)
            {
                Probabilities.Copy(
                    probabilities_HBC.Slice(((h * labels_B.Length) + b) * _classes, _classes),
                    _sample_HC.AsSpan(h * _classes, _classes)
                );
            }

            EnsembleAggregator.MeanOverHeads(_sample_HC, _ensemble_C);
            AddSample(labels_B[b]);
        }
    }

    /// <summary>The figures over all samples added so far; more may be added afterwards.</summary>
    /// <exception cref="InvalidOperationException">Nothing was added yet.</exception>
    public EvaluationReport Result() =>
        new(
            Count,
            _heads,
            _rule,
            _accuracy.Value,
            _nll.Value,
            _brier.Value,
            _ece.Value,
            _adaptive.Value,
            _aurc.Value,
            _entropy.Value,
            _headAccuracy.Values,
            _headNll.Values,
            _headEce.Values,
            _disagreement.Value,
            _kl.Value,
            _information.Value
        );

    private void AddSample(long label)
    {
        MetricGuard.Label(label, _classes);
        foreach (var metric in _ofEnsemble)
        {
            metric.Add(_ensemble_C, (int)label);
        }

        _confusion?.Add(_ensemble_C, (int)label);
        _headAccuracy.Add(_sample_HC, (int)label);
        _headNll.Add(_sample_HC, (int)label);
        _headEce.Add(_sample_HC, (int)label);
        foreach (var metric in _ofDiversity)
        {
            metric.Add(_sample_HC);
        }
    }

    private void CheckLength(int values, int samples)
    {
        if (values != (long)_heads * samples * _classes)
        {
            throw new ArgumentException($"{values} values are not {_heads} heads × {samples} samples × {_classes} classes.");
        }
    }
}
