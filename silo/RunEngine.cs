using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NeuroTrails.Checkpoints;
using NeuroTrails.Configuration;
using NeuroTrails.Contracts;
using NeuroTrails.Execution;
using NeuroTrails.Metrics;
using NeuroTrails.Models;
using NeuroTrails.Running;
using NeuroTrails.Silo.Report;
using NeuroTrails.Silo.Telemetry;
using NeuroTrails.Silo.Web;
using NeuroTrails.Topology;
using NeuroTrails.Training;

namespace NeuroTrails.Silo;

/// <summary>Trains on grains of a silo inside this process; measures and predicts without one.</summary>
/// <param name="time">Clock.</param>
/// <param name="data">Opens data; the catalogue's where nothing else is given.</param>
/// <param name="models">The networks by name; the built-in ones where nothing else is given.</param>
/// <param name="configure">Further set-up of the silo: telemetry, logging.</param>
/// <param name="metrics">What evaluations measure; the built-in metrics where nothing else is given.</param>
public sealed class RunEngine(
    TimeProvider time,
    IRunDataSource? data = null,
    ModelCatalogue? models = null,
    Action<IHostApplicationBuilder>? configure = null,
    MetricCatalogue? metrics = null
) : IRunEngine
{
    private static readonly IRunDataSource Catalogue = new CatalogueDataSource();
    private readonly IRunDataSource _data = data ?? Catalogue;
    private readonly ModelCatalogue _models = models ??= new();
    private readonly MetricCatalogue _metrics = metrics ?? MetricCatalogue.BuiltIn;
    private readonly RunFinder _finder = new(data ?? Catalogue, models, time);

    internal IConfiguration Variables { get; init; } = TelemetryCheck.Environment();

    /// <inheritdoc/>
    public async Task<TrainResult> TrainAsync(TrainRequest request, IProgress<RunUpdate> updates, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(updates);
        var folder = new RunFolder(request.RunFolder);
        if (!Resumes(request, folder))
        {
            folder.TryNew();
        }

        var options = ResolvedOptions.Of(request.Options);
        foreach (var notice in await TelemetryCheck.RunAsync(Variables, time, stop))
        {
            updates.Report(new RunNotice(notice, Warning: true));
        }

        using var log = new FileLog(time);
        await using var silo = await StartSilo(folder, options.Device, log, request.ConsoleTelemetry, stop, request.Web);
        silo.Services.TellOfPage(line => updates.Report(new RunNotice(line)));
        var name = Path.GetFileName(folder.Path);
        var run = new RunSession(silo.Grains.GetGrain<ICoordinatorGrain>(name), name, updates, new(updates, time), time)
        {
            Folder = folder.Path,
        };
        await run.SubmitAsync(
            new(
                name,
                RunOptionsWriter.ToYaml(options),
                request.Resume != ResumeMode.Never,
                [],
                Rebalance: false,
                request.AllowChangedData,
                InitFrom: request.InitFrom
            ),
            stop
        );
        log.Open(folder.LogPath);
        return await run.FollowAsync(leaves: false, stop);
    }

    /// <inheritdoc/>
    public async Task<EvaluationResult> EvaluateAsync(EvaluationRequest request, IProgress<RunUpdate> updates, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(updates);
        using var found = await Find(new(request.RunFolder, request.Checkpoint, request.Device), request.DataPath, updates, stop);
        var split = request.Split ?? found.Description.ResultSplit;
        if (found.Data!.Count(split) == 0)
        {
            throw new UserErrorException(
                $"There is no split '{split}' in this run. Allowed: "
                    + $"{string.Join(", ", new[] { "train", "validation", "test" }.Where(name => found.Data.Count(name) > 0))}. Change "
                    + "--split."
            );
        }

        if (found.Plan.IsText && (request.CorruptionSeed is not null || request.Foreign is not null))
        {
            throw new UserErrorException(
                "Corruptions and samples of other data are measured on images and vectors, and this run learnt a text. Leave --corruptions "
                    + "and --ood away."
            );
        }

        if (request.CorruptionSeed is not null)
        {
            CorruptionRun.Images(found.Data, split);
        }

        await using var predictor = await RunPredictor.OpenAsync(found, stop);
        var calibration =
            request.Calibrates && !found.Plan.IsText ? await CalibrationRun.Fit(predictor, split, updates.Report, time, stop) : null;
        var measured = await predictor.MeasureAsync(split, updates.Report, _metrics, time, stop, calibration);
        var foreign = request.Foreign is null
            ? null
            : (await ForeignRun.Evidence(predictor, split, request.Foreign, Remarks(updates), stop)).Reports;
        var corruptions = request.CorruptionSeed is { } seed
            ? await new CorruptionRun(found, predictor, split, seed).Execute(updates.Report, time, stop)
            : null;
        return new(measured)
        {
            OutOfDistribution = foreign,
            Calibration = calibration?.Result(),
            Corruptions = corruptions,
            Split = split,
            Step = predictor.Step,
            Prediction = predictor.Options.Ensemble.Prediction.Word(),
            ClassNames = predictor.Record.ClassNames,
            Runtime = RuntimeDescription.Line(),
        };
    }

    /// <inheritdoc/>
    public async Task<RunEvidence> ExamineAsync(EvidenceRequest request, IProgress<RunUpdate> updates, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(updates);
        using var found = await Find(new(request.RunFolder, request.Checkpoint, request.Device), request.DataPath, updates, stop);
        RefuseText(found, "Reports look at predictions of images and vectors");
        return await RunExaminer.Examine(found, request, _metrics, Remarks(updates), stop);
    }

    /// <inheritdoc/>
    public async Task<PredictionResult> PredictAsync(PredictionRequest request, IProgress<RunUpdate> updates, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(updates);
        var format = PredictionRequest.FormatOf(request.OutputFile);
        using var output = OutputFile.Open(request.OutputFile, "--output", request.Force, request.InputFile);
        await using var predictor = await OpenPredictor(new(request.RunFolder, request.Checkpoint, request.Device), updates, stop);
        return await PredictionRun.Execute(request, format, predictor, output, Remarks(updates), stop);
    }

    /// <inheritdoc/>
    public async Task<GeneratedText> GenerateAsync(
        GenerationRequest request,
        IProgress<RunUpdate> updates,
        Action<byte[]> written,
        CancellationToken stop
    )
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(updates);
        ArgumentNullException.ThrowIfNull(written);
        using var found = await _finder.Find(
            new(request.RunFolder, request.Checkpoint, request.Device),
            null,
            needsData: false,
            updates,
            stop
        );
        await using var predictor = await RunPredictor.OpenAsync(found, stop);
        return await TextGeneration.Execute(predictor, found.Plan, request, written, stop);
    }

    /// <inheritdoc/>
    public async Task<IPredictor> OpenAsync(PredictorRequest request, IProgress<RunUpdate> updates, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(updates);
        return await OpenPredictor(request, updates, stop);
    }

    /// <inheritdoc/>
    public async Task<ExportResult> ExportAsync(ExportRequest request, IProgress<RunUpdate> updates, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(updates);
        using var output = OutputFile.Open(request.OutputFile, "--output", request.Force);
        using var found = await _finder.Find(new(request.RunFolder, request.Checkpoint, "cpu"), null, needsData: false, updates, stop);
        return await Task.Run(() => RunExport.Write(output, request, found, stop), CancellationToken.None).WaitAsync(stop);
    }

    /// <inheritdoc/>
    public Task<StepBenchmarkResult> BenchmarkStepAsync(StepBenchmarkRequest request, CancellationToken stop) =>
        StepBenchmark.RunAsync(request, time, stop);

    /// <inheritdoc/>
    public async Task<TopologyBenchmarkResult> BenchmarkTopologyAsync(TopologyBenchmarkRequest request, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(request);
        stop.ThrowIfCancellationRequested();
        var device = TorchDevices.Parse(request.Device);
        using var executor = new OwnerExecutor("topology", request.Threads);
        var update = await executor.Run(() =>
            TopologyBenchmark.Run(request.Parameters, new() { Density = request.Density }, device, time, request.Repeats)
        );
        return new()
        {
            UpdateMsMin = update.TotalMilliseconds,
            Parameters = request.Parameters,
            PeakMib = ProcessMemory.PeakMib(),
            Runtime = RuntimeDescription.Line(),
        };
    }

    private static Action<string, bool> Remarks(IProgress<RunUpdate> updates) =>
        (remark, strange) => updates.Report(new RunNotice(remark, strange));

    private static bool Resumes(TrainRequest request, RunFolder folder) =>
        request.Resume switch
        {
            ResumeMode.Always when !folder.HoldsRun => throw new UserErrorException(
                $"'{folder.Path}' holds no run (no config.yaml). Give the folder of a run to --resume, or start one there with --out."
            ),
            ResumeMode.Never when folder.HoldsRun => throw new UserErrorException(
                $"'{folder.Path}' holds a run already. Go on with it by --resume auto, or choose another folder with --out."
            ),
            _ => folder.HoldsRun,
        };

    private Task<SiloHost> StartSilo(
        RunFolder folder,
        string devices,
        FileLog? log,
        ConsoleTelemetry consoleTelemetry,
        CancellationToken stop,
        PageRequest? web = null
    ) =>
        SiloHost.StartAsync(
            builder =>
            {
                builder.Services.AddSingleton(_data);
                builder.Services.AddSingleton(_models);
                builder.Services.AddSingleton(_metrics);
                if (log is not null)
                {
                    builder.Logging.AddProvider(log);
                }

                configure?.Invoke(builder);
            },
            SiloHost.OfProcess(Path.GetDirectoryName(folder.Path)!) with
            {
                Devices = TorchDevices.Resolve(devices),
                ConsoleTelemetry = consoleTelemetry,
                OwnRun = folder.Path,
                Web = web,
            },
            time,
            stop
        );

    private Task<FoundRun> Find(PredictorRequest request, string? dataPath, IProgress<RunUpdate> updates, CancellationToken stop) =>
        _finder.Find(request, dataPath, needsData: true, updates, stop);

    private async Task<RunPredictor> OpenPredictor(PredictorRequest request, IProgress<RunUpdate> updates, CancellationToken stop)
    {
        // Kept from being pruned until the owners have read it.
        using var found = await _finder.Find(request, null, needsData: false, updates, stop);
        RefuseText(found, "Predictions are made for images and vectors");
        return await RunPredictor.OpenAsync(found, stop);
    }

    private static void RefuseText(FoundRun found, string what)
    {
        if (found.Plan.IsText)
        {
            throw new UserErrorException($"{what}, and this run learnt a text. Use the verb generate, or eval for its figures.");
        }
    }
}
