using NeuroTrails.Configuration;
using NeuroTrails.Data;
using NeuroTrails.Metrics;
using NeuroTrails.Running;

namespace NeuroTrails.Silo.Report;

/// <summary>Reduces an ensemble's outputs, batch by batch, to what a report shows of them.</summary>
internal sealed class PredictionEvidence
{
    private readonly int _members;
    private readonly int _classes;
    private readonly double? _temperature;
    private readonly PredictionRule _rule;
    private readonly EnsembleEvaluation _figures;
    private readonly DisputedSamples _disputed;
    private readonly PairwiseDiversity _pairs;
    private readonly double[] _members_MC;
    private readonly double[] _ensemble_C;
    private readonly double[] _scaled_C;
    private readonly List<bool> _correct = [];
    private readonly List<double> _confidence = [];
    private readonly List<double> _nll = [];
    private readonly List<double> _scaledConfidence = [];
    private readonly List<double> _scaledNll = [];

    /// <param name="members">Members M of the ensemble.</param>
    /// <param name="record">The run's data.</param>
    /// <param name="rule">How the members' outputs become one prediction.</param>
    /// <param name="metrics">What to measure.</param>
    /// <param name="temperature">What to divide log-probabilities by as well; null for no temperature.</param>
    /// <param name="disputed">How many disputed samples to keep.</param>
    public PredictionEvidence(
        int members,
        DataRecord record,
        PredictionRule rule,
        MetricCatalogue metrics,
        double? temperature,
        int disputed
    )
    {
        (_members, _classes, _rule, _temperature) = (members, record.Classes, rule, temperature);
        _figures = new(members, _classes, rule, confusion: true, metrics);
        _disputed = new(record, members > 1 ? disputed : 0);
        _pairs = new(members, _classes);
        (_members_MC, _ensemble_C, _scaled_C) = (new double[members * _classes], new double[_classes], new double[_classes]);
    }

    public void Add(HostBatch batch, double[] logits_MBC)
    {
        _figures.Add<double>(logits_MBC, batch.Labels);
        for (var b = 0; b < batch.Count; b++)
        {
            EnsembleAggregator.CombineSample<double>(logits_MBC, b, batch.Count, _rule, _members_MC, _ensemble_C);
            var (label, predicted) = ((int)batch.Labels[b], ArgMax.Of(_ensemble_C));
            if (_members > 1)
            {
                _disputed.Add(_correct.Count, batch, b, predicted, _members_MC, MutualInformation.Of(_members_MC, _scaled_C));
                _pairs.Add(_members_MC);
            }

            _correct.Add(predicted == label);
            _confidence.Add(_ensemble_C[predicted]);
            _nll.Add(-NegativeLogLikelihood.SafeLog(_ensemble_C[label]));
            if (_temperature is { } temperature)
            {
                Logarithms(_ensemble_C, _scaled_C);
                TemperatureScaling.Apply(_scaled_C, temperature, _classes, _scaled_C);
                _scaledConfidence.Add(_scaled_C[predicted]);
                _scaledNll.Add(-NegativeLogLikelihood.SafeLog(_scaled_C[label]));
            }
        }
    }

    /// <summary>What was seen, with <paramref name="split"/> and <paramref name="step"/> written on it, and what a
    /// <paramref name="member"/> is called.</summary>
    public RunEvidence Result(string split, long step, IReadOnlyList<string>? classNames, string member = "head") =>
        new()
        {
            Split = split,
            Step = step,
            Figures = EnsembleFigures.Of(_figures.Result(), member),
            ClassNames = classNames,
            Correct = _correct,
            Confidence = _confidence,
            NegativeLogLikelihood = _nll,
            Scaled = _temperature is { } temperature ? new(temperature, _scaledConfidence, _scaledNll) : null,
            Disagreement = _members > 1 ? _pairs.Disagreement() : null,
            Divergence = _members > 1 ? _pairs.Divergence() : null,
            Disputed = _disputed.Result(),
        };

    /// <summary>Logarithms of probabilities, bounded as in the likelihood.</summary>
    public static void Logarithms(ReadOnlySpan<double> probabilities, Span<double> logarithms)
    {
        for (var i = 0; i < probabilities.Length; i++)
        {
            logarithms[i] = NegativeLogLikelihood.SafeLog(probabilities[i]);
        }
    }
}
