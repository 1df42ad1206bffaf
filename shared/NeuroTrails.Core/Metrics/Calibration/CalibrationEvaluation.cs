using NeuroTrails.Configuration;

namespace NeuroTrails.Metrics.Calibration;

/// <summary>Measures, over batches of heads' logits, what fitted temperatures and a conformal threshold bring.</summary>
public sealed class CalibrationEvaluation
{
    private readonly string _split;
    private readonly int _samples;
    private readonly double[] _temperatures;
    private readonly (double Alpha, double Threshold, int Samples) _conformal;
    private readonly int _classes;
    private readonly PredictionRule _rule;
    private readonly Figures[] _before;
    private readonly Figures[] _after;
    private readonly double[] _heads_HC;
    private readonly double[] _ensemble_C;
    private readonly double[] _scaled_C;
    private long _covered;
    private long _size;

    internal CalibrationEvaluation(
        string split,
        int samples,
        double[] temperatures,
        (double Alpha, double Threshold, int Samples) conformal,
        int classes,
        PredictionRule rule
    )
    {
        (_split, _samples, _temperatures, _conformal, _classes, _rule) = (split, samples, temperatures, conformal, classes, rule);
        _before = Array.ConvertAll(temperatures, _ => new Figures());
        _after = Array.ConvertAll(temperatures, _ => new Figures());
        _heads_HC = new double[Heads * classes];
        (_ensemble_C, _scaled_C) = (new double[classes], new double[classes]);
    }

    private int Heads => _temperatures.Length - 1;

    private long Count => _before[Heads].Likelihood.Count;

    /// <summary>Adds one batch.</summary>
    /// <param name="logits_HBC">Logits, head after head, sample after sample.</param>
    /// <param name="labels_B">True classes, each 0 to C−1.</param>
    /// <exception cref="UserErrorException">A logit is not a number, or a label is no class.</exception>
    public void Add(ReadOnlySpan<double> logits_HBC, ReadOnlySpan<long> labels_B)
    {
        for (var b = 0; b < labels_B.Length; b++)
        {
            MetricGuard.Label(labels_B[b], _classes);
            var label = (int)labels_B[b];
            EnsembleAggregator.CombineSample(logits_HBC, b, labels_B.Length, _rule, _heads_HC, _ensemble_C, Count - b);
            for (var h = 0; h < Heads; h++)
            {
                _before[h].Add(_heads_HC.AsSpan(h * _classes, _classes), label);
                TemperatureScaling.Apply(
                    logits_HBC.Slice(((h * labels_B.Length) + b) * _classes, _classes),
                    _temperatures[h],
                    _classes,
                    _scaled_C
                );
                _after[h].Add(_scaled_C, label);
            }

            _before[Heads].Add(_ensemble_C, label);
            for (var c = 0; c < _classes; c++)
            {
                _scaled_C[c] = NegativeLogLikelihood.SafeLog(_ensemble_C[c]);
                // The logarithm and back, as for the samples that the threshold comes from: ties stay ties.
                var isIn = 1 - Math.Exp(_scaled_C[c]) <= _conformal.Threshold;
                _size += isIn ? 1 : 0;
                _covered += isIn && c == label ? 1 : 0;
            }

            TemperatureScaling.Apply(_scaled_C, _temperatures[Heads], _classes, _scaled_C);
            _after[Heads].Add(_scaled_C, label);
        }
    }

    /// <summary>The figures over all samples added so far.</summary>
    /// <exception cref="InvalidOperationException">Nothing was added yet.</exception>
    public CalibrationReport Result()
    {
        var count = Count;
        return new(
            _split,
            _samples,
            Report(Heads),
            [.. Enumerable.Range(0, Heads).Select(Report)],
            new(
                _conformal.Alpha,
                _conformal.Threshold,
                MetricGuard.Mean(_covered, count),
                MetricGuard.Mean(_size, count),
                _conformal.Samples,
                (int)count
            )
        );

        TemperatureReport Report(int of) =>
            new(
                _temperatures[of],
                _before[of].Likelihood.Value,
                _after[of].Likelihood.Value,
                _before[of].Calibration.Value,
                _after[of].Calibration.Value
            );
    }

    private sealed class Figures
    {
        public NegativeLogLikelihood Likelihood { get; } = new();

        public ExpectedCalibrationError Calibration { get; } = new();

        public void Add(ReadOnlySpan<double> probabilities_C, int label)
        {
            Likelihood.Add(probabilities_C, label);
            Calibration.Add(probabilities_C, label);
        }
    }
}
