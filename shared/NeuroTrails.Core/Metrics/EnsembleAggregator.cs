using System.Numerics;
using NeuroTrails.Configuration;

namespace NeuroTrails.Metrics;

/// <summary>The one place where the heads' outputs become the ensemble's prediction.</summary>
/// <remarks>
/// In float64 and always in the order head 0, 1, … M−1, so that the same logits give the same bits wherever the heads live. With one head
/// both rules give exactly that head's softmax. Sources: FreeTickets (arXiv 2106.14568) for the mean of probabilities, NeuroTrails'
/// published code for the mean of logits.
/// </remarks>
public static class EnsembleAggregator
{
    /// <summary>Combines the heads' logits of one batch.</summary>
    /// <typeparam name="T">Type of the logits: <see cref="float"/>, <see cref="double"/> or <see cref="Half"/>.</typeparam>
    /// <param name="logits_HBC">Logits, head after head, sample after sample.</param>
    /// <param name="heads">H, at least 1.</param>
    /// <param name="classes">C, at least 1.</param>
    /// <param name="rule">Mean of softmax, or softmax of mean logits.</param>
    /// <param name="probabilities_BC">Receives the ensemble's probabilities, sample after sample.</param>
    /// <exception cref="UserErrorException">A logit is not a number.</exception>
    /// <example>Two heads, one sample: logits [0, 0] and [0, ln 3] give [0.375, 0.625] by
    /// probabilities and [1, √3]/(1+√3) by logits.</example>
    public static void Combine<T>(ReadOnlySpan<T> logits_HBC, int heads, int classes, PredictionRule rule, Span<double> probabilities_BC)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(heads, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 1);
        if ((long)probabilities_BC.Length * heads != logits_HBC.Length || probabilities_BC.Length % classes != 0)
        {
            throw new ArgumentException(
                $"{logits_HBC.Length} logits of {heads} heads and {classes} classes do not fit {probabilities_BC.Length} probabilities.",
                nameof(probabilities_BC)
            );
        }

        var heads_HC = new double[heads * classes];
        var samples = probabilities_BC.Length / classes;
        for (var b = 0; b < samples; b++)
        {
            CombineSample(logits_HBC, b, samples, rule, heads_HC, probabilities_BC.Slice(b * classes, classes));
        }
    }

    /// <summary>Combines the heads' logits of one sample of a batch, and keeps what each head says.</summary>
    /// <typeparam name="T">Type of the logits: <see cref="float"/>, <see cref="double"/> or <see cref="Half"/>.</typeparam>
    /// <param name="logits_HBC">Logits of the whole batch, head after head, sample after sample.</param>
    /// <param name="sample">Which sample, 0 to <paramref name="samples"/>−1.</param>
    /// <param name="samples">B.</param>
    /// <param name="rule">Mean of softmax, or softmax of mean logits.</param>
    /// <param name="heads_HC">Receives each head's probabilities; its length says how many heads there are.</param>
    /// <param name="ensemble_C">Receives the ensemble's probabilities; its length says how many classes there are.</param>
    /// <param name="before">Samples of earlier batches, so that an error names the right one.</param>
    /// <exception cref="UserErrorException">A logit is not a number: of which head and sample, the message says.</exception>
    public static void CombineSample<T>(
        ReadOnlySpan<T> logits_HBC,
        int sample,
        int samples,
        PredictionRule rule,
        Span<double> heads_HC,
        Span<double> ensemble_C,
        long before = 0
    )
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        var classes = ensemble_C.Length;
        var heads = heads_HC.Length / classes;
        for (var h = 0; h < heads; h++)
        {
            var logits_C = logits_HBC.Slice(((h * samples) + sample) * classes, classes);
            try
            {
                Softmax.Of(logits_C, heads_HC.Slice(h * classes, classes));
            }
            catch (UserErrorException)
            {
                throw MetricGuard.NotANumber($"The largest logit of head {h} for sample {before + sample}", Softmax.Largest(logits_C));
            }
        }

        if (rule == PredictionRule.Probabilities)
        {
            MeanOverHeads(heads_HC, ensemble_C);
            return;
        }

        ensemble_C.Clear();
        for (var h = 0; h < heads; h++)
        {
            AddTo(ensemble_C, logits_HBC.Slice(((h * samples) + sample) * classes, classes));
        }

        Divide(ensemble_C, heads);
        Softmax.Of<double>(ensemble_C, ensemble_C);
    }

    /// <summary>Mean over heads of one sample's probabilities.</summary>
    /// <param name="probabilities_HC">Probabilities of the C classes by each of the H heads, head after head.</param>
    /// <param name="mean_C">Receives the mean over heads.</param>
    public static void MeanOverHeads(ReadOnlySpan<double> probabilities_HC, Span<double> mean_C)
    {
        mean_C.Clear();
        for (var at = 0; at < probabilities_HC.Length; at += mean_C.Length)
        {
            AddTo<double>(mean_C, probabilities_HC.Slice(at, mean_C.Length));
        }

        Divide(mean_C, probabilities_HC.Length / mean_C.Length);
    }

    private static void AddTo<T>(Span<double> sum_C, ReadOnlySpan<T> values_C)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        for (var c = 0; c < sum_C.Length; c++)
        {
            sum_C[c] += double.CreateTruncating(values_C[c]);
        }
    }

    private static void Divide(Span<double> sum_C, int by)
    {
        foreach (ref var value in sum_C)
        {
            value /= by;
        }
    }
}
