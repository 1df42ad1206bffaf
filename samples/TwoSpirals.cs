using NeuroTrails.Configuration;
using NeuroTrails.Data;
using NeuroTrails.Training;

namespace NeuroTrails.Samples;

/// <summary>Data of one's own: points of two spirals. Points follow from the seed and
/// their number alone, and batches from the step: all that a run asks for.</summary>
public sealed class TwoSpirals : IRunData, IRunDataSource
{
    private const int Points = 4096;
    private static readonly SampleShape Point = new(1, 1, 2);
    private readonly long _seed;
    private readonly int _batch;

    private TwoSpirals(long seed, int batch) => (_seed, _batch) = (seed, batch);

    /// <summary>The source to give to the engine.</summary>
    public static IRunDataSource Source { get; } = new TwoSpirals(0, 1);

    /// <inheritdoc/>
    public string Name => "two-spirals";

    /// <inheritdoc/>
    public DataShape Shape => new(new SampleShape(1, 1, 2), 2, Points);

    /// <inheritdoc/>
    public IRunData Open(RunOptions options, DataRecord? known = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new TwoSpirals(options.Seed, options.Training.Batch);
    }

    /// <inheritdoc/>
    public HostBatch Training(long step, HostBatch? reuse = null) => Draw(_batch, i => (step * _batch) + i);

    /// <inheritdoc/>
    public int Count(string split) =>
        split == "train" ? Points
        : split == "test" ? 1024
        : 0;

    /// <inheritdoc/>
    public HostBatch Range(string split, int start, int count) => Draw(count, i => split == "test" ? -1 - start - i : start + i);

    /// <inheritdoc/>
    public HostBatch Normalise(float[] samples)
    {
        ArgumentNullException.ThrowIfNull(samples);
        var batch = new HostBatch(samples.Length / Point.Length, Point);
        samples.CopyTo(batch.Pixels, 0);
        return batch;
    }

    // Every point has a number of its own, which decides all about it: below 0 for those of the test split.
    private HostBatch Draw(int count, Func<int, long> number)
    {
        var batch = new HostBatch(count, Point);
        for (var i = 0; i < count; i++)
        {
            var random = new CounterRandom(_seed, RandomStream.Order, number(i));
            var spiral = (int)Math.Abs(number(i) % 2);
            var turn = 3 * Math.PI * random.NextDouble();
            var radius = turn / (3 * Math.PI);
            batch.Pixels[2 * i] = (float)(radius * Math.Cos(turn + (spiral * Math.PI)));
            batch.Pixels[(2 * i) + 1] = (float)(radius * Math.Sin(turn + (spiral * Math.PI)));
            batch.Labels[i] = spiral;
        }

        return batch;
    }
}
