namespace NeuroTrails.Metrics;

/// <summary>Every sample's confidence and whether it was right, for the figures that need their ranking.</summary>
internal sealed class RankedConfidences
{
    private readonly List<(double Confidence, bool Correct)> _samples = [];

    /// <summary>Samples added so far.</summary>
    public long Count => _samples.Count;

    /// <summary>Adds one sample.</summary>
    public void Add(ReadOnlySpan<double> probabilities_C, int label)
    {
        MetricGuard.Label(label, probabilities_C.Length);
        var predicted = ArgMax.Of(probabilities_C);
        _samples.Add((probabilities_C[predicted], predicted == label));
    }

    /// <summary>
    /// Confidences from the lowest to the highest, with the share of right answers at each rank. Samples of equal confidence have no order
    /// among themselves, so each of them carries the mean of them all: the expectation over every order in which they could have come.
    /// </summary>
    public (double Confidence, double Correct)[] Ascending()
    {
        var sorted = _samples.ToArray();
        Array.Sort(sorted, static (a, b) => a.Confidence.CompareTo(b.Confidence));
        var ranked = new (double Confidence, double Correct)[sorted.Length];
        for (var start = 0; start < sorted.Length; )
        {
            var end = start;
            var correct = 0;
            while (end < sorted.Length && sorted[end].Confidence == sorted[start].Confidence)
            {
                correct += sorted[end++].Correct ? 1 : 0;
            }

            Array.Fill(ranked, (sorted[start].Confidence, (double)correct / (end - start)), start, end - start);
            start = end;
        }

        return ranked;
    }
}
