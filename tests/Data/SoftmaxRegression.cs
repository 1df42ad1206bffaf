using System.Numerics;
using NeuroTrails.Data;

namespace NeuroTrails.Tests.Data;

/// <summary>
/// Multinomial logistic regression on standardised pixels by full-batch gradient descent with Nesterov's momentum: how far a linear model
/// gets. Plain C#, so that the claim about a data set does not lean on the library that learns it.
/// </summary>
internal sealed class SoftmaxRegression
{
    private const float Rate = 0.02f;
    private const float Momentum = 0.95f;
    private readonly int inputs;
    private readonly int classes;
    private readonly Normalisation constants;
    private readonly float[] weights;

    private SoftmaxRegression(IDataSet train)
    {
        classes = train.Classes;
        constants = ChannelStatistics.Of(train);

        // One more input, always 1, is the bias; then zeros up to a whole number of vectors.
        inputs = (train.Shape.Length + Vector<float>.Count) / Vector<float>.Count * Vector<float>.Count;
        weights = new float[classes * inputs];
    }

    /// <summary>Root mean square of the last gradient: small means converged.</summary>
    public double GradientNorm { get; private set; }

    public static SoftmaxRegression Fit(IDataSet train, double decay, int iterations)
    {
        var model = new SoftmaxRegression(train);
        var samples = model.Inputs(train);
        var (gradient, speed, logits) = (new float[model.weights.Length], new float[model.weights.Length], new float[model.classes]);
        for (var iteration = 0; iteration < iterations; iteration++)
        {
            Array.Clear(gradient);
            for (var n = 0; n < train.Count; n++)
            {
                var sample = samples.AsSpan(n * model.inputs, model.inputs);
                model.Softmax(sample, logits);
                logits[train.Label(n)] -= 1;
                for (var c = 0; c < model.classes; c++)
                {
                    AddScaled(gradient.AsSpan(c * model.inputs, model.inputs), sample, logits[c] / train.Count);
                }
            }

            var norm = 0.0;
            for (var i = 0; i < gradient.Length; i++)
            {
                var slope = gradient[i] + ((float)decay * model.weights[i]);
                norm += slope * slope;
                speed[i] = (Momentum * speed[i]) + slope;
                model.weights[i] -= Rate * (slope + (Momentum * speed[i]));
            }

            model.GradientNorm = Math.Sqrt(norm);
        }

        return model;
    }

    public double Accuracy(IDataSet data)
    {
        var samples = Inputs(data);
        var logits = new float[classes];
        var right = 0;
        for (var n = 0; n < data.Count; n++)
        {
            Softmax(samples.AsSpan(n * inputs, inputs), logits);
            right += Array.IndexOf(logits, logits.Max()) == data.Label(n) ? 1 : 0;
        }

        return (double)right / data.Count;
    }

    private float[] Inputs(IDataSet data)
    {
        var samples = new float[data.Count * inputs];
        for (var n = 0; n < data.Count; n++)
        {
            var sample = samples.AsSpan(n * inputs, data.Shape.Length);
            data.Read(n, sample);
            constants.Apply(sample, sample, data.Shape);
            samples[(n * inputs) + data.Shape.Length] = 1;
        }

        return samples;
    }

    private void Softmax(ReadOnlySpan<float> sample, float[] logits)
    {
        var total = 0f;
        for (var c = 0; c < classes; c++)
        {
            logits[c] = Dot(weights.AsSpan(c * inputs, inputs), sample);
        }

        var largest = logits.Max();
        for (var c = 0; c < classes; c++)
        {
            total += logits[c] = MathF.Exp(logits[c] - largest);
        }

        for (var c = 0; c < classes; c++)
        {
            logits[c] /= total;
        }
    }

    private static float Dot(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        var sum = Vector<float>.Zero;
        for (var i = 0; i < a.Length; i += Vector<float>.Count)
        {
            sum += new Vector<float>(a[i..]) * new Vector<float>(b[i..]);
        }

        return Vector.Sum(sum);
    }

    private static void AddScaled(Span<float> target, ReadOnlySpan<float> source, float scale)
    {
        for (var i = 0; i < target.Length; i += Vector<float>.Count)
        {
            (new Vector<float>(target[i..]) + (new Vector<float>(source[i..]) * scale)).CopyTo(target[i..]);
        }
    }
}
