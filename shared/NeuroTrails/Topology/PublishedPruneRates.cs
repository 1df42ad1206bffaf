using NeuroTrails.Configuration;

namespace NeuroTrails.Topology;

/// <summary>The prune rates of the authors' published code, to the last bit.</summary>
/// <remarks>
/// They come out of a learning-rate scheduler that finds each rate from the one before. The curve is that of
/// <see cref="PruneRateSchedule"/>, but rounding adds up: 0.12875000000000003 for 0.12875, and the ceiling of its product with 800 is one
/// more. <see cref="Compatibility.Official"/> keeps that.
/// </remarks>
internal sealed class PublishedPruneRates
{
    private readonly Lazy<double[]> _rates;

    public PublishedPruneRates(long totalSteps, TopologyOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(totalSteps, 1);
        _rates = new(() => Fall(Math.Max(1, (long)(totalSteps * options.UpdateUntil)), options.PruneRate, options.PruneRateEnd));
    }

    public double At(long step) => _rates.Value[Math.Min(step, _rates.Value.Length) - 1];

    private static double[] Fall(long length, double start, double end)
    {
        var rates = new double[length];
        var rate = start;
        for (var made = 1L; made <= length; made++)
        {
            rate = ((1 + Math.Cos(Math.PI * made / length)) / (1 + Math.Cos(Math.PI * (made - 1) / length)) * (rate - end)) + end;
            rates[made - 1] = rate;
        }

        return rates;
    }
}
