using NeuroTrails.Configuration;
using NeuroTrails.Data;

namespace NeuroTrails.Training;

/// <summary>A text of the catalogue as a run's data: windows of tokens, in an order that follows from (seed, epoch) alone.</summary>
/// <param name="splits">The opened text.</param>
/// <param name="options">The run's options.</param>
public sealed class TextRunData(TextSplits splits, RunOptions options) : IRunData
{
    private readonly SampleShape _shape = SampleShape.Tokens(options.Data.Window);
    private volatile Order? _latest;

    /// <inheritdoc/>
    public DataShape Shape => new(_shape, TextSplits.Vocabulary, splits.Train.Count) { BytesPerToken = 1 };

    /// <inheritdoc/>
    public DataRecord Record => splits.Record;

    /// <inheritdoc/>
    public HostBatch Training(long step, HostBatch? reuse = null)
    {
        var size = options.Training.Batch;
        var perEpoch = splits.Train.Count / size;
        var (epoch, first) = ((step - 1) / perEpoch, (int)((step - 1) % perEpoch) * size);
        var order = OrderOf(epoch);
        var batch = reuse is not null && reuse.Count == size && reuse.Shape == _shape ? reuse : new HostBatch(size, _shape);
        for (var i = 0; i < size; i++)
        {
            splits.Train.Read(options.Seed, epoch, order[first + i], Window(batch, i));
        }

        return batch;
    }

    /// <inheritdoc/>
    public int Count(string split) => Find(split)?.Count ?? 0;

    /// <inheritdoc/>
    public HostBatch Range(string split, int start, int count)
    {
        var windows =
            Find(split)
            ?? throw new UserErrorException(
                $"{splits.Name} has no split '{split}'. Allowed: train, validation (where data.validation holds text out), test (where "
                    + "there is a test.txt). Change --split."
            );
        var batch = new HostBatch(count, _shape);
        for (var i = 0; i < count; i++)
        {
            windows.Read(options.Seed, 0, start + i, Window(batch, i));
        }

        return batch;
    }

    /// <inheritdoc/>
    public HostBatch Normalise(float[] samples) =>
        throw new UserErrorException(
            "A language model predicts the next token of a text, and nothing for samples like these. Use the verb generate."
        );

    private static Span<long> Window(HostBatch batch, int index) => batch.Tokens.AsSpan(index * batch.Shape.Length, batch.Shape.Length);

    private TokenWindows? Find(string split) =>
        split switch
        {
            "train" => splits.Train,
            "validation" => splits.Validation,
            "test" => splits.Test,
            _ => null,
        };

    // One epoch is remembered; racing threads at worst compute the same order twice.
    private int[] OrderOf(long epoch)
    {
        var known = _latest;
        if (known?.Epoch != epoch)
        {
            _latest = known = new(epoch, EpochOrder.Of(options.Seed, epoch, splits.Train.Count));
        }

        return known.Indices;
    }

    private sealed record Order(long Epoch, int[] Indices);
}
