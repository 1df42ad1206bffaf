using NeuroTrails.Configuration;
using NeuroTrails.Contracts;
using NeuroTrails.Data;
using NeuroTrails.Running;

namespace NeuroTrails.Silo;

/// <summary>Predicts with a checkpoint that is loaded on a silo of this process, chunk by chunk.</summary>
/// <param name="run">The checkpoint; disposed of with this.</param>
internal sealed class RunPredictor(OpenedRun run) : IPredictor
{
    private readonly IPredictorGrain _grain = run.Silo.Grains.GetGrain<IPredictorGrain>(run.RunId);

    public DataRecord Record => run.Record;

    public int Heads => run.Plan.Members;

    public long Step => run.Step;

    /// <summary>How the run reads what it predicts for.</summary>
    public DataOptions Options => run.Plan.Options.Data;

    public async Task<SamplePredictions> PredictAsync(ReadOnlyMemory<float> samples, CancellationToken stop = default)
    {
        var length = Record.SampleShape.Length;
        if (samples.Length == 0 || samples.Length % length != 0)
        {
            throw new ArgumentException(
                $"{samples.Length} values are no samples of {Record.SampleShape}, which have {length} each.",
                nameof(samples)
            );
        }

        return await Predict(samples.Length / length, (start, count) => Normalised(Chunk(start, count)), stop);

        float[] Chunk(int start, int count)
        {
            var values = samples.Slice(start * length, count * length).ToArray();
            for (var i = 0; Record.Scale != 1 && i < values.Length; i++)
            {
                values[i] /= (float)Record.Scale;
            }

            return values;
        }
    }

    /// <summary>Predicts for samples that are read when it is their turn, and divided by the scale already.</summary>
    public Task<SamplePredictions> PredictAsync(InputSamples samples, CancellationToken stop) =>
        Predict(samples.Data.Count, (start, count) => Normalised(samples.Read(start, count)), stop);

    /// <summary>Predicts for a split of the run's data, which must be open.</summary>
    public Task<SamplePredictions> PredictAsync(string split, CancellationToken stop) =>
        Predict(run.Data!.Count(split), (start, count) => run.Data.Range(split, start, count).Pixels, stop);

    private async Task<SamplePredictions> Predict(int count, Func<int, int, float[]> prepared, CancellationToken stop)
    {
        var (heads, classes, options) = (Heads, Record.Classes, run.Plan.Options);
        var all = new SamplePredictions(
            heads,
            classes,
            new double[count * classes],
            new double[count * heads * classes],
            new double[count],
            new double[count]
        );
        for (var start = 0; start < count; start += options.Evaluation.Batch)
        {
            var size = Math.Min(options.Evaluation.Batch, count - start);
            var first = start;
            var chunk = await Task.Run(() => prepared(first, size), CancellationToken.None).WaitAsync(stop);
            var fromLogits = options.Ensemble.Prediction == PredictionRule.Logits;
            var predicted = await _grain.Predict(new(run.Generation, chunk, size, heads, classes, fromLogits)).WaitAsync(stop);
            predicted.MeanNC.CopyTo(all.MeanNC, start * classes);
            predicted.HeadsNMC.CopyTo(all.HeadsNMC, start * heads * classes);
            predicted.EntropyN.CopyTo(all.EntropyN, start);
            predicted.MutualInformationN.CopyTo(all.MutualInformationN, start);
        }

        return all;
    }

    public ValueTask DisposeAsync() => run.DisposeAsync();

    private float[] Normalised(float[] values)
    {
        if (Record.Normalisation is not { } constants)
        {
            return run.Data!.Normalise(values).Pixels;
        }

        var length = Record.SampleShape.Length;
        for (var at = 0; at < values.Length; at += length)
        {
            var sample = values.AsSpan(at, length);
            constants.Apply(sample, sample, Record.SampleShape);
        }

        return values;
    }
}
