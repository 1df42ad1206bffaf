namespace NeuroTrails.Data;

/// <summary>A split in its own order, without chance, every sample once: the last batch may be
/// short. Safe to use from several threads.</summary>
public sealed class EvaluationBatches
{
    private readonly IDataSet data;
    private readonly SamplePipeline pipeline;

    /// <summary>Prepares batches; nothing is loaded yet.</summary>
    /// <param name="data">The split.</param>
    /// <param name="pipeline">Normalisation; augmentations in it are left out.</param>
    /// <param name="batch">Samples a batch, at least 1.</param>
    /// <exception cref="UserErrorException">The batch is below 1.</exception>
    public EvaluationBatches(IDataSet data, SamplePipeline pipeline, int batch)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(pipeline);
        if (batch < 1)
        {
            throw DataError.Option("evaluation.batch", $"{batch}", "at least 1");
        }

        this.data = data;
        this.pipeline = pipeline.Plain;
        BatchSize = Math.Min(batch, data.Count);
    }

    /// <summary>Samples a batch but the last.</summary>
    public int BatchSize { get; }

    /// <summary>Samples in all.</summary>
    public int Samples => data.Count;

    /// <summary>Number of batches.</summary>
    public int Count => (data.Count + BatchSize - 1) / BatchSize;

    /// <summary>Loads one batch.</summary>
    /// <param name="batch">0 to <c>Count − 1</c>.</param>
    /// <param name="reuse">A batch that is no longer needed, or null.</param>
    /// <returns>The batch; <paramref name="reuse"/> itself where it fits.</returns>
    public HostBatch Load(int batch, HostBatch? reuse = null)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)batch, (uint)Count);
        var first = batch * BatchSize;
        var count = Math.Min(BatchSize, data.Count - first);
        var result = HostBatch.Reuse(reuse, count, data.Shape);
        BatchFiller.Fill(
            data,
            count,
            (i, scratch) =>
            {
                var random = default(CounterRandom);
                pipeline.Fill(data, first + i, result.Pixels.AsSpan(i * data.Shape.Length, data.Shape.Length), scratch, ref random);
                result.Labels[i] = data.Label(first + i);
            }
        );
        return result;
    }
}
