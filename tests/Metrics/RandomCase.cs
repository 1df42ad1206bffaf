namespace NeuroTrails.Tests.Metrics;

/// <summary>A random batch of logits: sizes, scales and ties that metrics meet in life, and some that they seldom meet.</summary>
internal sealed class RandomCase
{
    public RandomCase(int seed, int? heads = null)
    {
        var random = new Random(seed);
        Heads = heads ?? random.Next(1, 6);
        Samples = random.Next(1, 40);
        Classes = random.Next(1, 8);
        var scale = Math.Pow(10, (random.NextDouble() * 3) - 1);
        var tied = random.Next(3) == 0;
        Logits_HBC = new float[Heads * Samples * Classes];
        for (var k = 0; k < Logits_HBC.Length; k++)
        {
            Logits_HBC[k] = tied ? random.Next(-1, 2) : (float)(scale * ((random.NextDouble() * 2) - 1));
        }

        Labels_B = [.. Enumerable.Range(0, Samples).Select(_ => (long)random.Next(Classes))];
    }

    public int Heads { get; }

    public int Samples { get; }

    public int Classes { get; }

    public float[] Logits_HBC { get; }

    public long[] Labels_B { get; }

    /// <summary>Logits of a run of samples, as a batch of their own.</summary>
    public float[] Slice(int start, int count) => Rearrange(Enumerable.Range(0, Heads), Enumerable.Range(start, count));

    /// <summary>Logits with heads and samples in another order.</summary>
    public float[] Rearrange(IEnumerable<int> heads, IEnumerable<int> samples) =>
        [
            .. from h in heads
            from b in samples
            from c in Enumerable.Range(0, Classes)
            select Logits_HBC[(((h * Samples) + b) * Classes) + c],
        ];

    /// <summary>Natural logarithm of softmax, by another route than the product's: x − max − ln Σ exp(x − max).</summary>
    public double[] LogSoftmax(int head, int sample)
    {
        var row = Enumerable.Range(0, Classes).Select(c => (double)Logits_HBC[(((head * Samples) + sample) * Classes) + c]).ToArray();
        var max = row.Max();
        var normaliser = max + Math.Log(row.Sum(x => Math.Exp(x - max)));
        return [.. row.Select(x => x - normaliser)];
    }

    /// <summary>The ensemble's probabilities: mean of softmax.</summary>
    public double[] Mean(int sample)
    {
        var logs_HC = Enumerable.Range(0, Heads).Select(h => LogSoftmax(h, sample)).ToArray();
        return [.. Enumerable.Range(0, Classes).Select(c => logs_HC.Average(log_C => Math.Exp(log_C[c])))];
    }
}
