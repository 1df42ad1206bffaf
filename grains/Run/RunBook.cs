using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using NeuroTrails.Checkpoints;
using NeuroTrails.Contracts;
using NeuroTrails.Data;
using NeuroTrails.Methods;
using NeuroTrails.Running;
using NeuroTrails.Telemetry;
using NeuroTrails.Training;

namespace NeuroTrails.Grains;

/// <summary>What a run writes down: metrics, checkpoints, the summary; and what it tells those who watch.</summary>
internal sealed partial class RunBook(
    RunDefinition run,
    RunPlan plan,
    UpdateLog updates,
    TimeProvider time,
    ILogger<CheckpointStore> logger,
    RunTelemetry telemetry,
    RuntimeLine runtime,
    RunLeases leases,
    string lease,
    RunLock? right
) : IDisposable
{
    private const string BestMetric = "validation_nll";
    private readonly CheckpointStore _store = new(run.Folder, time, logger);
    private readonly RunFolder _folder = new(run.Folder);
    private RunTotals _totals = RunTotals.None;
    private HeldFolder? _held;
    private RunLock? _right = right;
    private readonly RunBoard _board = new(new RunFolder(run.Folder).TensorBoardPath, plan.Options.Telemetry.Tensorboard, time);
    private MetricsLog? _metrics;
    private readonly MaskWatch _masks = new();
    private double _secondsPerStep;
    private double? _joules;

    // The step and generation that a checkpoint holds, and its folder; the start where there is none.
    public (long Step, long Generation, string? Folder) Locate(long? step)
    {
        if (step is not { } wanted)
        {
            return (0, 0, Directory.Exists(_folder.InitialPath) ? _folder.InitialPath : null);
        }

        var checkpoint = _store.Load(wanted);
        checkpoint.Require(plan.Owners.Select(owner => owner.ToString()));
        return (checkpoint.Step, checkpoint.Manifest.Generation, checkpoint.Folder);
    }

    // The step to go back to: the checkpoint that the run agreed on, or, where that is damaged or there is none, the newest valid one; null
    // for the start.
    public long? LatestStep(CommitPoint? agreed)
    {
        try
        {
            if (agreed is not null)
            {
                return _store.Load(agreed.Step, agreed.ManifestSha256).Step;
            }
        }
        catch (UserErrorException damaged)
        {
            updates.Add(new RunNotice(damaged.Message, Warning: true));
        }

        return _store.LatestValid(rejected => updates.Add(new RunNotice(rejected.ToString(), Warning: true)))?.Step;
    }

    // Removes what coordinators of older generations left half written.
    public void CleanUp(long generation)
    {
        leases.Check(_folder);
        _store.CleanUp(generation);
    }

    // What a step took on average, whoever coordinated the run before; 0 at its beginning.
    public double MeanStepSeconds(long step) => step == 0 ? 0 : _totals.Seconds / step;

    public void Recovered() => telemetry.Recovered();

    // Makes sure of the right to write the run: a coordinator that was not given it takes it from its predecessor.
    public void Claim() => _right ??= leases.Take(_folder, lease);

    // Takes up the books at a step: what was written of later ones is dropped.
    public void Begin(long step, double density)
    {
        leases.Check(_folder);
        var first = _metrics is null;
        _metrics?.Dispose();
        _held ??= new(_folder.Path);
        Check();
        SummaryFile.Forget(_folder.SummaryPath, isFinished: step == plan.TotalSteps);
        MetricsLog.TruncateAfter(_folder.MetricsPath, step);
        _totals = RunTotals.Read(_folder.MetricsPath);
        _metrics = new(_folder.MetricsPath);
        _board.Begin(step);
        _masks.Forget(step);
        updates.Add(
            new RunStarted(
                step,
                plan.TotalSteps,
                plan.Network.Name,
                plan.Options.Data.Name,
                plan.Heads,
                plan.Options.Device,
                density,
                plan.Size.ActiveWeights,
                plan.Size.MaskedParameters,
                plan.Method.MemberWord
            )
        );
        string?[] decided = [MethodSettings.Notice(plan.Method), MethodSettings.Unused(plan.Method, plan.Options), IsoFlops.Notice(plan)];
        foreach (var line in first ? decided.OfType<string>() : [])
        {
            updates.Add(new RunNotice(line));
        }

        if (first && plan.ClassWeights is { } weights)
        {
            var names = DataRecordFile.Read(run.Data.Record!, _folder.DataRecordPath).ClassNames;
            var known = weights
                .Index()
                .Where(weight => weight.Item > 0)
                .OrderBy(weight => weight.Item)
                .Select(weight =>
                    $"{weight.Item.ToString("0.###", CultureInfo.InvariantCulture)} ({names?[weight.Index] ?? $"class {weight.Index}"})"
                )
                .ToList();
            updates.Add(new RunNotice($"class weights: {known[0]} to {known[^1]}, balanced by the training labels"));
        }

        if (first && ImmobileMasks.Notice(plan) is { } notice)
        {
            updates.Add(new RunNotice(notice, Warning: true));
        }
    }

    public void Stepping() => _joules = runtime.CpuJoules?.Invoke();

    public void Stepped(StepReply reply, TopologyReply? topology, IReadOnlyList<TopologyReply> owners, double density, TimeSpan took)
    {
        var step = reply.Id.Step;
        var joules = runtime.CpuJoules?.Invoke() - _joules;
        var line = new JsonObject
        {
            ["step"] = step,
            ["generation"] = reply.Id.Generation,
            ["epoch"] = (double)step / plan.StepsPerEpoch,
            ["head_loss"] = Numbers(reply.HeadLoss),
            ["head_accuracy"] = Numbers(reply.HeadAccuracy),
            ["learning_rate"] = plan.LearningRate(step),
            ["seconds"] = took.TotalSeconds,
        };
        if (joules is not null)
        {
            line[RunTotals.CpuJoulesKey] = joules;
        }

        if (reply.GradientNorm is { } norm && double.IsFinite(norm))
        {
            line["gradient_norm"] = norm;
        }

        if (!reply.Applied)
        {
            line["skipped"] = true;
        }

        var masks = topology is null ? null : _masks.See(step, owners);
        if (topology is not null)
        {
            MaskLine.Add(line, masks!);
            line["prune_rate"] = plan.TopologyRate(step).PruneRate;
            line["dropped"] = topology.Dropped;
            line["grown"] = topology.Grown;
            line["active"] = topology.Active;
        }

        Check();
        _metrics!.Append(line);
        _board.Stepped(reply, topology, plan.LearningRate(step), density);
        Meter(reply, topology, density, took);
        _totals = _totals.Add(took.TotalSeconds, topology?.Dropped, topology?.Grown, joules);
        _secondsPerStep = _secondsPerStep == 0 ? took.TotalSeconds : (0.9 * _secondsPerStep) + (0.1 * took.TotalSeconds);
        updates.Add(
            new StepProgress
            {
                Step = step,
                TotalSteps = plan.TotalSteps,
                Epoch = (double)step / plan.StepsPerEpoch,
                LossPerHead = reply.HeadLoss,
                Accuracy = reply.HeadAccuracy.Average(),
                Density = density,
                LearningRate = plan.LearningRate(step),
                StepsPerSecond = 1 / _secondsPerStep,
                Remaining = TimeSpan.FromSeconds(_secondsPerStep * (plan.TotalSteps - step)),
                TopologyUpdates = _totals.TopologyUpdates,
                Dropped = _totals.Dropped,
                Grown = _totals.Grown,
                Generation = reply.Id.Generation,
            }
        );
        if (masks is not null)
        {
            updates.Add(masks);
        }
    }

    public async Task Commit(StepId id, Func<SaveRequest, Task<SaveReply[]>> save, Func<CommitPoint, Task> agree, EnsembleFigures? measured)
    {
        using var span = RunSpans.Checkpoint(id.Step);
        var started = time.GetTimestamp();
        Check();
        using var draft = _store.BeginTemp(id.Step, id.Generation);
        var files = await save(new(id, draft.Folder));
        var state = new CheckpointState
        {
            Epoch = id.Step / plan.StepsPerEpoch,
            DataPosition = id.Step % plan.StepsPerEpoch,
            Versions = new SortedDictionary<string, string>(StringComparer.Ordinal) { ["runtime"] = runtime.Text },
        };
        Check();
        var committed = _store.Commit(draft, state, files.Select(file => new ManifestFile(file.File, file.Bytes, file.Sha256)));
        await agree(new(committed.Step, committed.ManifestSha256));
        if (measured is not null)
        {
            RecordBest(id.Step, measured);
        }

        _store.Prune(plan.Options.Checkpoint.Keep);
        telemetry.CheckpointDone(time.GetElapsedTime(started));
        updates.Add(new CheckpointCommitted(id.Step));
    }

    public void Dispose()
    {
        _metrics?.Dispose();
        _board.Dispose();
        _held?.Dispose();
        _right?.Dispose();
    }

    private void Check()
    {
        _held?.Check();
        _right?.Check();
    }

    private void Meter(StepReply reply, TopologyReply? topology, double density, TimeSpan took)
    {
        telemetry.StepDone(took, plan.Options.Training.Batch);
        telemetry.Accuracy("train", reply.HeadAccuracy.Average());
        telemetry.Density("ensemble", density);
        for (var head = 0; head < reply.HeadLoss.Length; head++)
        {
            telemetry.HeadLoss(head, reply.HeadLoss[head]);
        }

        if (topology is not null)
        {
            telemetry.TopologyUpdated();
            telemetry.TopologyChanged("ensemble", topology.Dropped, topology.Grown);
        }
    }

    // JSON has no infinities; a loss that is one is told by its absence.
    private static JsonArray Numbers(IEnumerable<double> values) =>
        new([.. values.Select(value => double.IsFinite(value) ? (JsonNode?)JsonValue.Create(value) : null)]);
}
