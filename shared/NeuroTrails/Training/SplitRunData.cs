using NeuroTrails.Configuration;
using NeuroTrails.Data;

namespace NeuroTrails.Training;

/// <summary>A data set of the catalogue as a run's data.</summary>
public sealed class SplitRunData : IRunData
{
    private readonly DataSplits _splits;
    private readonly TrainingBatches _training;

    /// <summary>Prepares the data of a run.</summary>
    /// <param name="splits">The opened data set.</param>
    /// <param name="options">The run's options.</param>
    public SplitRunData(DataSplits splits, RunOptions options)
    {
        _splits = splits;
        _training = splits.Training(options.Training.Batch, options.Seed);
        var shape = splits.Shape;
        Shape = new(shape, splits.Classes, splits.Train.Count);
    }

    /// <inheritdoc/>
    public DataShape Shape { get; }

    /// <inheritdoc/>
    public IReadOnlyList<string> Notices => _splits.Notices;

    /// <inheritdoc/>
    public DataRecord? Record => _splits.Record;

    /// <inheritdoc/>
    public HostBatch Training(long step, HostBatch? reuse = null) => _training.Load(step, reuse);

    /// <inheritdoc/>
    public int Count(string split) => Find(split)?.Count ?? 0;

    /// <inheritdoc/>
    public HostBatch Range(string split, int start, int count)
    {
        var data =
            Find(split)
            ?? throw new UserErrorException(
                $"{_splits.Name} has no split '{split}'. Allowed: train, validation (where data.validation holds samples out), test. "
                    + "Change --split."
            );
        var batch = new HostBatch(count, data.Shape);
        for (var i = 0; i < count; i++)
        {
            var sample = Sample(batch, i);
            data.Read(start + i, sample);
            _splits.Pipeline.Normalisation.Apply(sample, sample, data.Shape);
            batch.Labels[i] = data.Label(start + i);
        }

        return batch;
    }

    /// <inheritdoc/>
    public IDataSet? Samples(string split) => Find(split);

    /// <inheritdoc/>
    public HostBatch Normalise(float[] samples)
    {
        ArgumentNullException.ThrowIfNull(samples);
        var shape = _splits.Shape;
        var batch = new HostBatch(samples.Length / shape.Length, shape);
        samples.CopyTo(batch.Pixels, 0);
        for (var i = 0; i < batch.Count; i++)
        {
            var sample = Sample(batch, i);
            _splits.Pipeline.Normalisation.Apply(sample, sample, shape);
        }

        return batch;
    }

    private static Span<float> Sample(HostBatch batch, int index) => batch.Pixels.AsSpan(index * batch.Shape.Length, batch.Shape.Length);

    private IDataSet? Find(string split) =>
        split switch
        {
            "train" => _splits.Train,
            "validation" => _splits.Validation,
            "test" => _splits.Test,
            _ => null,
        };
}
