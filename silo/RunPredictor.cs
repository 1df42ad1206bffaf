using System.Runtime.CompilerServices;
using NeuroTrails.Configuration;
using NeuroTrails.Data;
using NeuroTrails.Execution;
using NeuroTrails.Metrics;
using NeuroTrails.Metrics.Calibration;
using NeuroTrails.Running;
using NeuroTrails.Training;

namespace NeuroTrails.Silo;

/// <summary>Measures and predicts with a checkpoint that is loaded in this process, chunk by chunk. No grain takes part.</summary>
internal sealed class RunPredictor : IPredictor
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private readonly FoundRun _run;
    private readonly LoadedEnsemble _ensemble;
    private readonly CancellationToken _stop;

    private RunPredictor(FoundRun run, LoadedEnsemble ensemble, CancellationToken stop) => (_run, _ensemble, _stop) = (run, ensemble, stop);

    public DataRecord Record => _run.Record;

    public int Heads => _run.Plan.Members;

    /// <summary>What a member is called.</summary>
    public string Member => _run.Plan.Method.MemberWord;

    public long Step => _run.Checkpoint.Step;

    public RunOptions Options => _run.Plan.Options;

    // The run is needed until the task has ended, and not disposed of here.
    public static async Task<RunPredictor> OpenAsync(FoundRun run, CancellationToken stop)
    {
        var devices = TorchDevices.Resolve(run.Plan.Options.Device);
        var loading = LoadedEnsemble.LoadAsync(run.Plan, run.Checkpoint.Folder, devices);
        try
        {
            return new(run, await loading.WaitAsync(stop), stop);
        }
        catch (OperationCanceledException)
        {
            _ = Free(loading);
            throw;
        }
    }

    public int Count(string split) => _run.Data!.Count(split);

    public async Task<EnsembleFigures> MeasureAsync(
        string split,
        Action<RunUpdate> tell,
        MetricCatalogue metrics,
        TimeProvider time,
        CancellationToken stop,
        CalibrationEvaluation? calibration = null
    )
    {
        if (_run.Plan.IsText)
        {
            var texts = new TokenEvaluation(Heads, _run.Data!.Shape.BytesPerToken);
            await EachBatch(split, batch => _ensemble.ScoreAsync(batch, texts), tell, time, stop);
            return EnsembleFigures.Of(texts.Result(), Member);
        }

        var evaluation = new EnsembleEvaluation(Heads, Record.Classes, Options.Ensemble.Prediction, confusion: true, metrics);
        await InferAsync(split, Add, tell, time, stop);
        return EnsembleFigures.Of(evaluation.Result(), Member);

        void Add(double[] logits_HBC, long[] labels_B)
        {
            evaluation.Add<double>(logits_HBC, labels_B);
            calibration?.Add(logits_HBC, labels_B);
        }
    }

    // Logits [H, B, C] and labels [B] are handed over batch by batch; a batch may be loaded in another way than from the split.
    public Task InferAsync(
        string split,
        Action<double[], long[]> add,
        Action<RunUpdate> tell,
        TimeProvider time,
        CancellationToken stop,
        Func<int, int, HostBatch>? load = null
    ) => EachBatch(split, async batch => add(await _ensemble.InferAsync(batch).WaitAsync(stop), batch.Labels), tell, time, stop, load);

    /// <summary>What every head expects behind a text of tokens: probabilities [M][V].</summary>
    /// <param name="tokens">The text; its end is taken where it is longer than a window.</param>
    public Task<double[][]> NextAsync(List<long> tokens)
    {
        var window = Record.SampleShape.Width;
        return _ensemble.NextAsync(tokens.Count <= window ? tokens : tokens[^window..]);
    }

    private async Task EachBatch(
        string split,
        Func<HostBatch, Task> take,
        Action<RunUpdate> tell,
        TimeProvider time,
        CancellationToken stop,
        Func<int, int, HostBatch>? load = null
    )
    {
        var (data, total) = (_run.Data!, Count(split));
        load ??= (start, count) => data.Range(split, start, count);
        var (started, told) = (time.GetTimestamp(), time.GetTimestamp());
        foreach (var (start, count) in Chunks(total))
        {
            var batch = await InBackground(() => load(start, count), stop);
            await take(batch).WaitAsync(stop);
            if (time.GetElapsedTime(told) >= Interval)
            {
                var done = start + count;
                told = time.GetTimestamp();
                tell(new MeasureProgress(split, done, total, time.GetElapsedTime(started) * ((double)(total - done) / done)));
            }
        }
    }

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

    public Task<SamplePredictions> PredictAsync(InputSamples samples, CancellationToken stop) =>
        Predict(samples.Data.Count, (start, count) => Normalised(samples.Read(start, count)), stop);

    public Task<SamplePredictions> PredictAsync(string split, CancellationToken stop) =>
        Predict(Count(split), (start, count) => _run.Data!.Range(split, start, count), stop);

    public Task<SamplePredictions> PredictAsync(string split, List<long> labels, CancellationToken stop) =>
        Predict(
            Count(split),
            (start, count) =>
            {
                var batch = _run.Data!.Range(split, start, count);
                labels.AddRange(batch.Labels);
                return batch;
            },
            stop
        );

    // Logits [M, B, C] of every member.
    public async IAsyncEnumerable<(HostBatch Samples, double[] Logits_MBC)> InferAsync(
        string split,
        [EnumeratorCancellation] CancellationToken stop
    )
    {
        foreach (var (start, count) in Chunks(Count(split)))
        {
            var batch = await InBackground(() => _run.Data!.Range(split, start, count), stop);
            yield return (batch, await _ensemble.InferAsync(batch).WaitAsync(stop));
        }
    }

    public async ValueTask DisposeAsync()
    {
        var freed = _ensemble.DisposeAsync().AsTask();
        if (!_stop.IsCancellationRequested)
        {
            await freed;
        }
    }

    private async Task<SamplePredictions> Predict(int count, Func<int, int, HostBatch> prepared, CancellationToken stop)
    {
        var (heads, classes) = (Heads, Record.Classes);
        var all = new SamplePredictions(
            heads,
            classes,
            new double[count * classes],
            new double[count * heads * classes],
            new double[count],
            new double[count]
        );
        foreach (var (start, size) in Chunks(count))
        {
            var batch = await InBackground(() => prepared(start, size), stop);
            Combine(await _ensemble.InferAsync(batch).WaitAsync(stop), start, size, all);
        }

        return all;
    }

    private void Combine(double[] logits_HBC, int start, int size, SamplePredictions all)
    {
        var (heads, classes) = (all.Heads * all.Classes, all.Classes);
        var scratch_C = new double[classes];
        for (var i = 0; i < size; i++)
        {
            var heads_MC = all.HeadsNMC.AsSpan((start + i) * heads, heads);
            var mean_C = all.MeanNC.AsSpan((start + i) * classes, classes);
            EnsembleAggregator.CombineSample<double>(logits_HBC, i, size, Options.Ensemble.Prediction, heads_MC, mean_C, start);
            all.EntropyN[start + i] = Entropy.Of(mean_C);
            all.MutualInformationN[start + i] = MutualInformation.Of(heads_MC, scratch_C);
        }
    }

    private IEnumerable<(int Start, int Count)> Chunks(int samples)
    {
        var batch = _run.Plan.EvaluationBatch;
        for (var start = 0; start < samples; start += batch)
        {
            yield return (start, Math.Min(batch, samples - start));
        }
    }

    private HostBatch Normalised(float[] values)
    {
        if (Record.Normalisation is not { } constants)
        {
            return _run.Data!.Normalise(values);
        }

        var shape = Record.SampleShape;
        var batch = new HostBatch(values.Length / shape.Length, shape);
        for (var at = 0; at < values.Length; at += shape.Length)
        {
            constants.Apply(values.AsSpan(at, shape.Length), batch.Pixels.AsSpan(at, shape.Length), shape);
        }

        return batch;
    }

    private static async Task Free(Task<LoadedEnsemble> loading)
    {
        await ((Task)loading).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (loading.IsCompletedSuccessfully)
        {
            await loading.Result.DisposeAsync();
        }
    }

    // Whoever asks for an end does not wait until data are read.
    private static Task<T> InBackground<T>(Func<T> work, CancellationToken stop) => Task.Run(work, CancellationToken.None).WaitAsync(stop);
}
