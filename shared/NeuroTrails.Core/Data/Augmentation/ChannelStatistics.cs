namespace NeuroTrails.Data;

/// <summary>Mean and standard deviation of each channel of a set.</summary>
internal static class ChannelStatistics
{
    // Enough for three digits; a larger set is sampled at even distances, so that decoding ImageNet is not part of a start.
    private const int MostSamples = 5000;

    // Over all pixels of at most 5,000 samples, evenly spaced; population deviation, in float64; a constant channel gets deviation 1.
    public static Normalisation Of(IDataSet data)
    {
        var (channels, plane) = (data.Shape.Channels, data.Shape.Plane);
        var (sums, squares) = (new double[channels], new double[channels]);
        var pixels = new float[data.Shape.Length];
        var samples = Math.Min(data.Count, MostSamples);
        for (var i = 0; i < samples; i++)
        {
            data.Read((int)((long)i * data.Count / samples), pixels);
            for (var p = 0; p < pixels.Length; p++)
            {
                sums[p / plane] += pixels[p];
                squares[p / plane] += (double)pixels[p] * pixels[p];
            }
        }

        var count = (double)samples * plane;
        var mean = Array.ConvertAll(sums, sum => sum / count);
        var deviation = squares.Select((square, c) => Math.Sqrt(Math.Max((square / count) - (mean[c] * mean[c]), 0)));
        return new Normalisation([.. mean.Select(value => (float)value)], [.. deviation.Select(value => value > 1e-6 ? (float)value : 1f)]);
    }
}
