namespace NeuroTrails.Client.Report;

/// <summary>Samples by the confidence of their prediction, in bins of equal width; those of the expected calibration error.</summary>
internal sealed record ReliabilityBins(IReadOnlyList<ReliabilityBin> Bins, double Error)
{
    private const int Count = 15;

    public static ReliabilityBins Of(IReadOnlyList<double> confidence, IReadOnlyList<bool> correct)
    {
        // A bin includes its upper end, as in the metric.
        var bins = Enumerable
            .Range(0, confidence.Count)
            .GroupBy(i => Math.Clamp((int)Math.Ceiling(confidence[i] * Count) - 1, 0, Count - 1))
            .OrderBy(bin => bin.Key)
            .Select(bin => new ReliabilityBin(bin.Count(), bin.Average(i => confidence[i]), bin.Average(i => correct[i] ? 1.0 : 0.0)))
            .ToList();
        return new(bins, bins.Sum(bin => Math.Abs(bin.Confidence - bin.Accuracy) * bin.Samples) / confidence.Count);
    }
}

internal sealed record ReliabilityBin(int Samples, double Confidence, double Accuracy);
