using System.Numerics;
using System.Runtime.InteropServices;

namespace NeuroTrails.Data;

/// <summary>Subtracts a mean and divides by a standard deviation: one of each a channel, or for vectors one of each a column.</summary>
public sealed record Normalisation
{
    /// <summary>States the constants.</summary>
    /// <param name="mean">Mean of each channel or column, in the unit of the data; finite.</param>
    /// <param name="deviation">Standard deviation of each channel or column; finite, above 0.</param>
    /// <exception cref="UserErrorException">The lengths differ or a value is not allowed.</exception>
    public Normalisation(IReadOnlyList<float> mean, IReadOnlyList<float> deviation)
    {
        ArgumentNullException.ThrowIfNull(mean);
        ArgumentNullException.ThrowIfNull(deviation);
        if (mean.Count == 0 || mean.Count != deviation.Count)
        {
            throw DataError.Option(
                "data.mean, data.deviation",
                $"{mean.Count} means with {deviation.Count} deviations",
                "as many of the one as of the other"
            );
        }

        if (!mean.All(float.IsFinite) || !deviation.All(value => float.IsFinite(value) && value > 0))
        {
            throw DataError.Option(
                "data.mean, data.deviation",
                $"mean [{string.Join(", ", mean)}], deviation [{string.Join(", ", deviation)}]",
                "finite numbers, deviations above 0"
            );
        }

        Mean = mean;
        Deviation = deviation;
    }

    /// <summary>Mean of each channel, [C], or of each column, [W].</summary>
    public IReadOnlyList<float> Mean { get; }

    /// <summary>Standard deviation of each channel, [C], or of each column, [W].</summary>
    public IReadOnlyList<float> Deviation { get; }

    /// <summary>Leaves values as they are.</summary>
    /// <param name="channels">Number of channels, at least 1.</param>
    /// <returns>Mean 0, deviation 1.</returns>
    public static Normalisation None(int channels) => new(new float[channels], [.. Enumerable.Repeat(1f, channels)]);

    /// <summary>Writes the normalised sample.</summary>
    /// <param name="source">The sample, [C, H, W].</param>
    /// <param name="target">Same length; may be the same memory.</param>
    /// <param name="shape">Its shape, with as many channels as there are means, or a vector of as many columns.</param>
    public void Apply(ReadOnlySpan<float> source, Span<float> target, SampleShape shape)
    {
        if (shape.IsVector && Mean.Count == shape.Length)
        {
            for (var column = 0; column < shape.Length; column++)
            {
                target[column] = (source[column] - Mean[column]) / Deviation[column];
            }

            return;
        }

        for (var channel = 0; channel < shape.Channels; channel++)
        {
            var from = source.Slice(channel * shape.Plane, shape.Plane);
            var to = target.Slice(channel * shape.Plane, shape.Plane);
            var (mean, deviation) = (Mean[channel], Deviation[channel]);
            var vectors = MemoryMarshal.Cast<float, Vector<float>>(from);
            var results = MemoryMarshal.Cast<float, Vector<float>>(to);
            for (var i = 0; i < vectors.Length; i++)
            {
                results[i] = (vectors[i] - new Vector<float>(mean)) / new Vector<float>(deviation);
            }

            for (var i = vectors.Length * Vector<float>.Count; i < from.Length; i++)
            {
                to[i] = (from[i] - mean) / deviation;
            }
        }
    }
}
