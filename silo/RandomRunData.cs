using NeuroTrails.Configuration;
using NeuroTrails.Data;
using NeuroTrails.Training;

namespace NeuroTrails.Silo;

/// <summary>One batch of noise, again and again: for timing, where only shapes matter.</summary>
internal sealed class RandomRunData : IRunData, IRunDataSource
{
    private readonly HostBatch _batch;

    public RandomRunData(SampleShape sample, int classes, int batch)
    {
        // Enough samples that no step of a benchmark is refused; none of them exists.
        Shape = new(sample, classes, int.MaxValue / 2);
        _batch = new(batch, sample);
        var random = new Random(1);
        for (var i = 0; i < _batch.Tokens.Length; i++)
        {
            _batch.Tokens[i] = random.Next(classes);
        }

        for (var i = 0; i < _batch.Pixels.Length; i++)
        {
            _batch.Pixels[i] = (2 * random.NextSingle()) - 1;
        }

        for (var i = 0; i < batch; i++)
        {
            _batch.Labels[i] = random.Next(classes);
        }
    }

    public DataShape Shape { get; }

    public IRunData Open(RunOptions options, DataRecord? known = null) => this;

    public HostBatch Training(long step, HostBatch? reuse = null) => _batch;

    public int Count(string split) => split == "test" ? _batch.Count : 0;

    public HostBatch Range(string split, int start, int count) => _batch;

    public HostBatch Normalise(float[] samples) => _batch;
}
