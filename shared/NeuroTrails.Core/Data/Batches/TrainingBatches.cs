namespace NeuroTrails.Data;

/// <summary>
/// Training batches by number. Any batch can be loaded by anyone at any time: order and augmentation come from (seed, epoch, position)
/// alone. Samples left over at the end of an epoch, fewer than a batch, sit that epoch out: a short batch would weigh its samples more
/// and change the speed of batch norm. Safe to use from several threads.
/// </summary>
public sealed class TrainingBatches
{
    private readonly IDataSet data;
    private readonly SamplePipeline pipeline;
    private readonly long seed;
    private volatile Order? latest;

    /// <summary>Prepares batches; nothing is loaded yet.</summary>
    /// <param name="data">The training split.</param>
    /// <param name="pipeline">Augmentation and normalisation.</param>
    /// <param name="batch">Samples a batch, 1 to <c>data.Count</c>.</param>
    /// <param name="seed">Seed of the run.</param>
    /// <exception cref="UserErrorException">The batch is larger than the data.</exception>
    public TrainingBatches(IDataSet data, SamplePipeline pipeline, int batch, long seed)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(pipeline);
        if (batch < 1 || batch > data.Count)
        {
            throw DataError.Option("training.batch", $"{batch} with {data.Count} samples in {data.Name}", $"1 to {data.Count}");
        }

        this.data = data;
        this.pipeline = pipeline;
        this.seed = seed;
        BatchSize = batch;
    }

    /// <summary>Samples a batch B.</summary>
    public int BatchSize { get; }

    /// <summary>Shape of every sample.</summary>
    public SampleShape Shape => data.Shape;

    /// <summary>Whole batches an epoch, at least 1.</summary>
    public int BatchesPerEpoch => data.Count / BatchSize;

    /// <summary>Where a step stands.</summary>
    /// <param name="step">The step, from 1.</param>
    /// <returns>Epoch and batch, both from 0.</returns>
    public BatchPosition Position(long step)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(step, 1);
        return new BatchPosition((step - 1) / BatchesPerEpoch, (int)((step - 1) % BatchesPerEpoch));
    }

    /// <summary>Loads the batch of a step.</summary>
    /// <param name="step">The step, from 1.</param>
    /// <param name="reuse">A batch that is no longer needed, or null.</param>
    /// <returns>The batch; <paramref name="reuse"/> itself where it fits.</returns>
    public HostBatch Load(long step, HostBatch? reuse = null) => Load(Position(step), reuse);

    /// <summary>Loads a batch by epoch and number.</summary>
    /// <param name="position">Which one.</param>
    /// <param name="reuse">A batch that is no longer needed, or null.</param>
    /// <returns>The batch; <paramref name="reuse"/> itself where it fits.</returns>
    public HostBatch Load(BatchPosition position, HostBatch? reuse = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(position.Epoch);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)position.Batch, (uint)BatchesPerEpoch);
        var order = OrderOf(position.Epoch);
        var result = HostBatch.Reuse(reuse, BatchSize, data.Shape);
        var first = position.Batch * BatchSize;
        BatchFiller.Fill(
            data,
            BatchSize,
            (i, scratch) =>
            {
                var index = order[first + i];
                var random = new CounterRandom(seed, RandomStream.Augmentation, position.Epoch, first + i);
                pipeline.Fill(data, index, result.Pixels.AsSpan(i * data.Shape.Length, data.Shape.Length), scratch, ref random);
                result.Labels[i] = data.Label(index);
            }
        );
        return result;
    }

    // One epoch is remembered; racing threads at worst compute the same order twice.
    private int[] OrderOf(long epoch)
    {
        var known = latest;
        if (known?.Epoch != epoch)
        {
            known = new Order(epoch, EpochOrder.Of(seed, epoch, data.Count));
            latest = known;
        }

        return known.Indices;
    }

    private sealed record Order(long Epoch, int[] Indices);
}
