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
    private readonly ConfusionCounts? _confusion;
    private readonly List<(MetricDefinition Metric, IPredictionMetric Ensemble, IPredictionMetric[] Heads)> _ofPredictions = [];
    private readonly List<(MetricDefinition Metric, IDiversityMetric Heads)> _ofDiversity = [];

    /// <summary>Starts an evaluation without samples.</summary>
    /// <param name="heads">H, at least 1.</param>
    /// <param name="classes">C, at least 1.</param>
    /// <param name="rule">How the heads' outputs become one prediction.</param>
    /// <param name="confusion">Whether to count which class was taken for which.</param>
    /// <param name="metrics">What to measure; null for the built-in metrics.</param>
    public EnsembleEvaluation(
        int heads,
        int classes,
        PredictionRule rule = PredictionRule.Probabilities,
        bool confusion = false,
        MetricCatalogue? metrics = null
    )
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(heads, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 1);
        (_heads, _classes, _rule) = (heads, classes, rule);
        _confusion = confusion ? new(classes) : null;
        (_sample_HC, _ensemble_C) = (new double[heads * classes], new double[classes]);
        foreach (var metric in (metrics ?? MetricCatalogue.BuiltIn).Metrics.Where(metric => metric.LeastClasses <= classes))
        {
            if (metric.IsDiversity)
            {
                _ofDiversity.Add((metric, metric.NewDiversity(heads)));
            }
            else
            {
                var each = Enumerable.Range(0, metric.OfHeads ? heads : 0).Select(_ => metric.NewPrediction());
                _ofPredictions.Add((metric, metric.NewPrediction(), [.. each]));
            }
        }
    }

    /// <summary>Samples added so far.</summary>
    public long Count { get; private set; }

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
            EnsembleAggregator.CombineSample(logits_HBC, b, labels_B.Length, _rule, _sample_HC, _ensemble_C, Count - b);
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
    public EvaluationReport Result()
    {
        var values = new Dictionary<string, double>(StringComparer.Ordinal);
        var ofHeads = new Dictionary<string, IReadOnlyList<double>>(StringComparer.Ordinal);
        foreach (var (metric, ensemble, heads) in _ofPredictions)
        {
            values.Add(metric.Name, ensemble.Value);
            if (metric.OfHeads)
            {
                ofHeads.Add(metric.Name, Array.ConvertAll(heads, head => head.Value));
            }
        }

        foreach (var (metric, heads) in _ofDiversity)
        {
            if (heads.Value is { } value)
            {
                values.Add(metric.Name, value);
            }
        }

        return new(Count, values, ofHeads, _confusion?.Values);
    }

    private void AddSample(long label)
    {
        MetricGuard.Label(label, _classes);
        foreach (var (_, ensemble, heads) in _ofPredictions)
        {
            ensemble.Add(_ensemble_C, (int)label);
            for (var h = 0; h < heads.Length; h++)
            {
                heads[h].Add(_sample_HC.AsSpan(h * _classes, _classes), (int)label);
            }
        }

        _confusion?.Add(_ensemble_C, (int)label);
        foreach (var (_, heads) in _ofDiversity)
        {
            heads.Add(_sample_HC);
        }

        Count++;
    }

    private void CheckLength(int values, int samples)
    {
        if (values != (long)_heads * samples * _classes)
        {
            throw new ArgumentException($"{values} values are not {_heads} heads × {samples} samples × {_classes} classes.");
        }
    }
}
