using System.Diagnostics.Metrics;

namespace NeuroTrails.Telemetry;

/// <summary>Histogram borders for durations that may be anything from a millisecond to minutes.</summary>
internal static class DurationBuckets
{
    // Borders 1, 2, 5, 10, … times a power of ten, which the usual default (made for milliseconds) would put all into one bucket.
    public static InstrumentAdvice<double> Of(double from, double to)
    {
        var borders = new List<double>();
        for (var exponent = -4; exponent <= 3; exponent++)
        {
            foreach (var digit in (ReadOnlySpan<int>)[1, 2, 5])
            {
                var border = exponent < 0 ? digit / Math.Pow(10, -exponent) : digit * Math.Pow(10, exponent);
                if (border >= from && border <= to)
                {
                    borders.Add(border);
                }
            }
        }

        return new InstrumentAdvice<double> { HistogramBucketBoundaries = borders };
    }
}
