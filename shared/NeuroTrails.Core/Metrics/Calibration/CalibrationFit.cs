using NeuroTrails.Configuration;
using NeuroTrails.Data;

namespace NeuroTrails.Metrics.Calibration;

/// <summary>Gathers the predictions for a split that was not trained on, and fits temperatures and a conformal threshold to them.</summary>
/// <remarks>
/// Keeps (M + 1)·N·C float64. Temperatures are fitted on all samples; the conformal threshold on a half of them (⌈N/2⌉), which a fixed
/// permutation chooses, so that the order of the data, by class for instance, does not matter.
/// </remarks>
/// <example>
/// <code>
/// var fit = new CalibrationFit(heads: 3, classes: 10, PredictionRule.Probabilities);
/// fit.Add(validationLogits_HBC, validationLabels_B); // once a batch
/// var evaluation = fit.Fit("validation");
/// evaluation.Add(testLogits_HBC, testLabels_B); // once a batch
/// CalibrationReport report = evaluation.Result();
/// </code>
/// </example>
/// <param name="heads">M, at least 1.</param>
/// <param name="classes">C, at least 1.</param>
/// <param name="rule">How the heads' outputs become one prediction.</param>
public sealed class CalibrationFit(int heads, int classes, PredictionRule rule)
{
    // Last comes the ensemble.
    private readonly List<double>[] _logits = [.. Enumerable.Range(0, heads + 1).Select(_ => new List<double>())];
    private readonly List<long> _labels = [];
    private readonly double[] _heads_HC = new double[heads * classes];
    private readonly double[] _ensemble_C = new double[classes];

    /// <summary>Adds one batch.</summary>
    /// <param name="logits_HBC">Logits, head after head, sample after sample.</param>
    /// <param name="labels_B">True classes, each 0 to C−1.</param>
    /// <exception cref="UserErrorException">A logit is not a number.</exception>
    public void Add(ReadOnlySpan<double> logits_HBC, ReadOnlySpan<long> labels_B)
    {
        for (var b = 0; b < labels_B.Length; b++)
        {
            EnsembleAggregator.CombineSample(logits_HBC, b, labels_B.Length, rule, _heads_HC, _ensemble_C, _labels.Count - b);
            for (var h = 0; h < heads; h++)
            {
                _logits[h].AddRange(logits_HBC.Slice(((h * labels_B.Length) + b) * classes, classes));
            }

            _logits[heads].AddRange(_ensemble_C.Select(NegativeLogLikelihood.SafeLog));
            _labels.Add(labels_B[b]);
        }
    }

    /// <summary>Fits.</summary>
    /// <param name="split">Name of the split that was added.</param>
    /// <param name="alpha">Share of samples whose conformal set may miss the true class.</param>
    /// <returns>Measures other samples by what was fitted.</returns>
    public CalibrationEvaluation Fit(string split, double alpha = SplitConformal.DefaultAlpha)
    {
        var labels_N = _labels.ToArray();
        var temperatures = Array.ConvertAll(_logits, logits => TemperatureScaling.Fit(logits.ToArray(), labels_N, classes));
        var half = Shuffle.Permutation(labels_N.Length, new(0, RandomStream.Conformal))[..((labels_N.Length + 1) / 2)];
        var ensemble = _logits[heads];
        double[] probabilities_NC = [.. half.SelectMany(i => ensemble.Slice(i * classes, classes)).Select(Math.Exp)];
        long[] ofHalf_N = [.. half.Select(i => labels_N[i])];
        var threshold = SplitConformal.Threshold(probabilities_NC, ofHalf_N, classes, alpha);
        return new(split, labels_N.Length, temperatures, new(alpha, threshold, half.Length), classes, rule);
    }
}
