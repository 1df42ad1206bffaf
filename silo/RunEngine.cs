using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NeuroTrails.Checkpoints;
using NeuroTrails.Configuration;
using NeuroTrails.Contracts;
using NeuroTrails.Data;
using NeuroTrails.Execution;
using NeuroTrails.Grains;
using NeuroTrails.Models;
using NeuroTrails.Running;
using NeuroTrails.Silo.Telemetry;
using NeuroTrails.Silo.Web;
using NeuroTrails.Topology;
using NeuroTrails.Training;

namespace NeuroTrails.Silo;

/// <summary>Trains, measures and predicts on grains of a silo inside this process.</summary>
/// <param name="time">Clock.</param>
/// <param name="data">Opens data; the catalogue's where nothing else is given.</param>
/// <param name="models">The networks by name; the built-in ones where nothing else is given.</param>
/// <param name="configure">Further set-up of the silo: telemetry, logging.</param>
public sealed class RunEngine(TimeProvider time, IRunDataSource? data = null, ModelCatalogue? models = null, Action<IHostApplicationBuilder>? configure = null) : IRunEngine
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(50);
    private readonly IRunDataSource _data = data ?? new CatalogueDataSource();
    private readonly ModelCatalogue _models = models ?? new();

    /// <summary>The environment's variables.</summary>
    internal IConfiguration Variables { get; init; } = TelemetryCheck.Environment();

    /// <inheritdoc/>
    public async Task<TrainResult> TrainAsync(TrainRequest request, IProgress<RunUpdate> updates, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(updates);
        var folder = new RunFolder(request.RunFolder);
        var resumes = Resumes(request, folder);

        if (!resumes)
        {
            folder.TryNew();
        }

        // Everything that can be wrong with options, data and devices is found before the folder is touched.
        var options = ResolvedOptions.Of(request.Options);
        options = _data.Name is { } name ? options with { Data = options.Data with { Name = name } } : options;
        var changes = new List<string>();
        options = resumes ? KnownSettings.GoOn(folder, options, changes.Add) : options;
        if (_data.Name is null)
        {
            await DataSetDownload.EnsureAsync(options.Data, new DownloadNotices(updates), cancellation: stop);
        }

        var known = resumes ? folder.ReadDataRecord() : null;
        var (data, record, notices) = await InBackground(() => OpenData(options, known, request.AllowChangedData, updates), stop);
        if (resumes && known is null)
        {
            updates.Report(RunNotice.OlderVersion);
        }

        foreach (var line in DataHeader.Of(record).Concat(notices))
        {
            updates.Report(new RunNotice(line));
        }

        var (description, plan) = Describe(options, record);
        options = plan.Options;
        using var initial = resumes || request.InitFrom is null ? null : await InBackground(() => InitialRun.Open(request.InitFrom, plan, Describe, updates, time), stop);
        foreach (var notice in await TelemetryCheck.RunAsync(Variables, time, stop))
        {
            updates.Report(new RunNotice(notice, Warning: true));
        }

        using var held = resumes ? folder.LockExisting(time) : folder.LockNew(time);
        var store = new CheckpointStore(folder.Path, time);
        store.CleanUp(held);
        var checkpoint = resumes ? await InBackground(() => store.LatestValid(rejected => updates.Report(new RunNotice(rejected.ToString(), Warning: true))), stop) : null;
        KnownSettings.RefuseShorter(folder, checkpoint?.Step, plan.TotalSteps);
        if (checkpoint?.Step == plan.TotalSteps && SummaryFile.Read(folder.SummaryPath) is { } summary)
        {
            return new(TrainOutcome.AlreadyFinished, checkpoint.Step, plan.TotalSteps, summary);
        }

        if (known is null || known.Differences(record).Count > 0)
        {
            AtomicFile.WriteAllText(folder.DataRecordPath, DataRecordFile.Write(record));
        }

        initial?.CopyTo(folder);
        changes.ForEach(change => updates.Report(new RunNotice(change)));
        KnownSettings.Write(folder, options);
        WarnOfOtherRuntime(checkpoint, updates);
        using var log = new FileLog(folder.LogPath, time);
        await using var silo = await StartSilo(new HandedData(_data, data, record), log, request.ConsoleTelemetry, stop, builder => builder.AddWeb(request.Web, folder.Path, options.Device));
        silo.Services.GetRequiredService<RunLeases>().Lend(held);
        silo.Services.TellOfPage(line => updates.Report(new RunNotice(line)));
        var run = new RunDefinition(Path.GetFileName(folder.Path), folder.Path, RunOptionsWriter.ToYaml(options), description, checkpoint?.Step);
        var coordinator = silo.Grains.GetGrain<ICoordinatorGrain>(run.RunId);
        await coordinator.Start(run);
        var last = await Follow(coordinator, updates, stop);
        return last.Phase switch
        {
            RunPhase.Finished => new(TrainOutcome.Finished, last.Step, plan.TotalSteps, last.Summary),
            RunPhase.Stopped => new(TrainOutcome.Interrupted, last.Step, plan.TotalSteps, null),
            _ when last.Details is { } failure => throw new RunFailedException(failure, folder.Path),
            _ => throw new InvalidOperationException("The run failed."),
        };
    }

    /// <inheritdoc/>
    public async Task<EvaluationResult> EvaluateAsync(EvaluationRequest request, IProgress<RunUpdate> updates, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(updates);
        await using var opened = await Open(request.RunFolder, request.Checkpoint, request.DataPath, request.Device, needsData: true, updates, stop);
        var split = request.Split ?? DataDescription.Of(opened.Record).ResultSplit;
        var samples = opened.Data!.Count(split);
        if (samples == 0)
        {
            throw new UserErrorException($"There is no split '{split}' in this run. Allowed: {string.Join(", ", new[] { "train", "validation", "test" }.Where(name => opened.Data.Count(name) > 0))}. Change --split.");
        }

        var (plan, options) = (opened.Plan, opened.Plan.Options);
        var fromLogits = options.Ensemble.Prediction == PredictionRule.Logits;
        var asked = new MeasureRequest(opened.Generation, split, samples, plan.Heads, plan.Data.Classes, options.Evaluation.Batch, fromLogits, Confusion: true);
        var measured = await WatchedMeasurement.Run(opened.Silo.Grains.GetGrain<IPredictorGrain>(opened.RunId), asked, updates.Report, time, stop);
        return new()
        {
            Split = split,
            Step = opened.Step,
            Samples = measured.Samples,
            Prediction = fromLogits ? "logits" : "probabilities",
            Accuracy = measured.Accuracy,
            Nll = measured.Nll,
            Ece = measured.Ece,
            Brier = measured.Brier,
            HeadAccuracy = measured.HeadAccuracy,
            HeadNll = measured.HeadNll,
            HeadEce = measured.HeadEce,
            Disagreement = measured.Disagreement,
            KlDiversity = measured.KlDiversity,
            MutualInformation = measured.MutualInformation,
            Confusion = measured.Confusion is { } counts ? [.. counts.Chunk(plan.Data.Classes)] : null,
            ClassNames = opened.Record.ClassNames,
            Runtime = RuntimeDescription.Line(),
        };
    }

    /// <inheritdoc/>
    public async Task<PredictionResult> PredictAsync(PredictionRequest request, IProgress<RunUpdate> updates, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(updates);
        var format = PredictionRequest.FormatOf(request.OutputFile);
        using var output = OutputFile.Open(request.OutputFile, "--output", request.Force, request.InputFile);
        await using var predictor = await OpenPredictor(new(request.RunFolder, request.Checkpoint, request.Device), updates, stop);
        return await PredictionRun.Execute(request, format, predictor, output, (remark, strange) => updates.Report(new RunNotice(remark, strange)), stop);
    }

    /// <inheritdoc/>
    public async Task<IPredictor> OpenAsync(PredictorRequest request, IProgress<RunUpdate> updates, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(updates);
        return await OpenPredictor(request, updates, stop);
    }

    /// <inheritdoc/>
    public Task<StepBenchmarkResult> BenchmarkStepAsync(StepBenchmarkRequest request, CancellationToken stop) => StepBenchmark.RunAsync(request, time, stop);

    /// <inheritdoc/>
    public async Task<TopologyBenchmarkResult> BenchmarkTopologyAsync(TopologyBenchmarkRequest request, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(request);
        stop.ThrowIfCancellationRequested();
        var device = TorchDevices.Parse(request.Device);
        using var executor = new OwnerExecutor("topology", request.Threads);
        var update = await executor.Run(() => TopologyBenchmark.Run(request.Parameters, new() { Density = request.Density }, device, time, request.Repeats));
        return new() { UpdateMsMin = update.TotalMilliseconds, Parameters = request.Parameters, PeakMib = ProcessMemory.PeakMib(), Runtime = RuntimeDescription.Line() };
    }

    private static bool Resumes(TrainRequest request, RunFolder folder) => request.Resume switch
    {
        ResumeMode.Always when !folder.HoldsRun => throw new UserErrorException($"'{folder.Path}' holds no run (no config.yaml). Give the folder of a run to --resume, or start one there with --out."),
        ResumeMode.Never when folder.HoldsRun => throw new UserErrorException($"'{folder.Path}' holds a run already. Go on with it by --resume auto, or choose another folder with --out."),
        _ => folder.HoldsRun,
    };

    private static void WarnOfOtherRuntime(CommittedCheckpoint? checkpoint, IProgress<RunUpdate> updates)
    {
        if (checkpoint is not null && checkpoint.Manifest.Versions.TryGetValue("runtime", out var before) && before != RuntimeDescription.Line())
        {
            updates.Report(new RunNotice($"This run was trained with another runtime ({before}); its numbers may differ in the last digits from here on.", Warning: true));
        }
    }

    private static async Task<RunSnapshot> Follow(ICoordinatorGrain coordinator, IProgress<RunUpdate> updates, CancellationToken stop)
    {
        long seen = 0;
        var stopping = false;
        while (true)
        {
            if (stop.IsCancellationRequested && !stopping)
            {
                stopping = true;
                await coordinator.Stop();
            }

            var snapshot = await coordinator.Poll(seen);
            seen = snapshot.Sequence;
            foreach (var update in snapshot.Updates)
            {
                updates.Report(update);
            }

            if (snapshot.Phase != RunPhase.Running)
            {
                return snapshot;
            }

            await Task.Delay(PollInterval, CancellationToken.None);
        }
    }

    // Whoever asks for an end does not wait until data are read or checkpoints compared: the process ends, or the thread some time later.
    private static Task<T> InBackground<T>(Func<T> work, CancellationToken stop) => Task.Run(work, CancellationToken.None).WaitAsync(stop);

    private (IRunData Data, DataRecord Record, IReadOnlyList<string> Notices) OpenData(RunOptions options, DataRecord? known, bool allowChanged, IProgress<RunUpdate> updates)
    {
        var opened = RunDataRecord.Open(_data, options, known);
        if (known is not null && RunDataRecord.Compare(known, opened.Record, allowChanged) is { } changed)
        {
            updates.Report(new RunNotice(changed, Warning: true));
        }

        return opened;
    }

    private (DataDescription Description, RunPlan Plan) Describe(RunOptions options, DataRecord record)
    {
        var description = DataDescription.Of(record);
        return (description, new(options, description.ToShape(), _models));
    }

    private async Task<LocalSilo> StartSilo(IRunDataSource data, FileLog? log, ConsoleTelemetry consoleTelemetry, CancellationToken stop, Action<IHostApplicationBuilder>? web = null) => await LocalSilo.StartAsync(
        builder =>
        {
            builder.Services.AddSingleton(data);
            builder.Services.AddSingleton(_models);
            builder.Services.AddSingleton(time);
            builder.AddNeuroTrailsTelemetry(new TelemetryTargets(consoleTelemetry), () => TorchSharp.torch.Tensor.TotalCount);
            if (log is not null)
            {
                builder.Logging.AddProvider(log);
            }

            web?.Invoke(builder);
            configure?.Invoke(builder);
        },
        stop);

    private async Task<RunPredictor> OpenPredictor(PredictorRequest request, IProgress<RunUpdate> updates, CancellationToken stop) =>
        new(await Open(request.RunFolder, request.Checkpoint, null, request.Device, needsData: false, updates, stop));

    private async Task<OpenedRun> Open(string runFolder, CheckpointChoice choice, string? dataPath, string? device, bool needsData, IProgress<RunUpdate> updates, CancellationToken stop)
    {
        var folder = new RunFolder(runFolder);
        if (!folder.HoldsRun)
        {
            throw new UserErrorException($"'{folder.Path}' holds no run (no config.yaml). Give the folder of a run with --run.");
        }

        var options = KnownSettings.GoOn(folder, RunOptionsReader.Parse(folder.ReadConfig()));
        options = ResolvedOptions.Of(options with { Device = device ?? options.Device, Data = dataPath is null ? options.Data : options.Data with { Path = dataPath } });
        var record = folder.ReadDataRecord();
        if (record is null)
        {
            updates.Report(RunNotice.OlderVersion);
        }

        IRunData? data = null;
        if (needsData || record?.Normalisation is null)
        {
            var known = record;
            (data, record, var notices) = await InBackground(() => OpenData(options, known, allowChanged: true, updates), stop);
            foreach (var notice in known is null ? [] : notices)
            {
                updates.Report(new RunNotice(notice, Warning: true));
            }
        }

        var (description, plan) = Describe(options, record);
        var store = new CheckpointStore(folder.Path, time);
        var (checkpoint, hold) = await InBackground(
            () => store.Hold(choice.ToString(), rejected => updates.Report(new RunNotice(rejected.ToString(), Warning: true)), notice => updates.Report(new RunNotice(notice))), stop);

        // Until the owners have read it.
        using var held = hold;
        var silo = await StartSilo(new HandedData(_data, data, record), null, ConsoleTelemetry.None, stop);
        try
        {
            var run = new RunDefinition(Path.GetFileName(folder.Path), folder.Path, RunOptionsWriter.ToYaml(options), description, checkpoint.Step);
            var generation = await silo.Grains.GetGrain<ICoordinatorGrain>(run.RunId).Open(run).WaitAsync(stop);
            return new(silo, run.RunId, generation, checkpoint.Step, plan, record, data);
        }
        catch
        {
            await silo.DisposeAsync();
            throw;
        }
    }
}
