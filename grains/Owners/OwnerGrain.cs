using Microsoft.Extensions.Logging;
using NeuroTrails.Checkpoints;
using NeuroTrails.Configuration;
using NeuroTrails.Contracts;
using NeuroTrails.Execution;
using NeuroTrails.Memory;
using NeuroTrails.Models;
using NeuroTrails.Training;
using Orleans.Placement;

namespace NeuroTrails.Grains;

/// <summary>What backbone and heads have in common: the executor, the generation they serve, and replies kept for repeated calls.</summary>
[KeepAlive, Immovable, PlaceOnSilo]
[System.Diagnostics.CodeAnalysis.SuppressMessage("Design", "CA1001", Justification = "Freed on deactivation.")]
internal abstract partial class OwnerGrain<TWorker>(OwnerServices services, ILogger logger) : Grain
    where TWorker : OwnerWorker
{
    private readonly ReplyMemory _replies = new();
    private OwnerExecutor? _executor;
    private TWorker? _worker;
    private CancellationTokenSource _givenUp = new();
    private Task _changing = Task.CompletedTask;
    private long _generation;
    private string _living = string.Empty;
    private (long Generation, Task<OwnerReport> Report)? _prepared;

    protected OwnerServices Services { get; } = services;

    protected ILogger Logger { get; } = logger;

    protected abstract OwnerId Owner { get; }

    public Task<string> Locate() => Task.FromResult(Services.Silo);

    public Task<OwnerReport> Prepare(OwnerSetup setup)
    {
        if (_prepared is { } known && known.Generation == setup.Generation && known.Report is { IsFaulted: false, IsCanceled: false })
        {
            return known.Report;
        }

        var report = Change(setup.Generation, () => Begin(setup));
        _prepared = (setup.Generation, report);
        return report;
    }

    private async Task<OwnerReport> Begin(OwnerSetup setup)
    {
        await Free();
        if (setup.Checkpoint is { } checkpoint)
        {
            Services.Root.CheckReading(checkpoint);
        }

        var options = RunOptionsReader.Parse(setup.Options);
        var plan = Services.Plan(options, setup.Data);
        var executor = Services.CreateExecutor(Owner, options.Execution, setup.Device);
        _executor = executor;
        var worker = await executor.Run(() => OwnerServices.Build(() => CreateWorker(plan, setup.Device), setup.Checkpoint, Owner));
        _worker = worker;
        _living = $"{this.GetPrimaryKeyString()}@{setup.Device}";
        Services.Living.TryAdd(_living, 0);
        await Prepared(setup, options, worker, executor);
        var report = new OwnerReport(Owner.ToString(), setup.Generation, worker.Tensors.MaskedActive, worker.Tensors.MaskedCount);
        GrainLog.Prepared(Logger, report.Owner, setup.Generation, setup.Device, report.MaskedActive, report.MaskedCount);
        return report;
    }

    public virtual Task<TopologyReply> UpdateTopology(TopologyRequest request) =>
        Once(
            request.Id,
            nameof(UpdateTopology),
            worker =>
            {
                var layers = new List<Topology.LayerChange>();
                var counts = worker.UpdateTopology(request.Id.Step, layers);
                return new TopologyReply(
                    request.Id,
                    Owner.ToString(),
                    counts.Dropped,
                    counts.Grown,
                    counts.Active,
                    [
                        .. layers.Select(layer => new LayerTopology(
                            layer.Layer,
                            layer.Positions,
                            layer.Counts.Active,
                            layer.Counts.Dropped,
                            layer.Counts.Grown,
                            layer.Sample
                        )),
                    ]
                );
            }
        );

    public Task<OwnerCheck> Check(StepRequest request) =>
        OnExecutor(
            request.Id.Generation,
            worker =>
            {
                worker.RestoreStatistics();
                var found = NonFiniteTensor.Find(worker.Tensors);
                return new OwnerCheck(Owner.ToString(), found?.Name, found?.IsStatistic ?? false);
            }
        );

    public Task<SaveReply> Save(SaveRequest request) =>
        OnceAsync(
            request.Id,
            nameof(Save),
            async () =>
            {
                Services.Root.CheckWriting(request.Folder);
                await Saving(request.Id);
                return await OnExecutor(
                    request.Id.Generation,
                    worker =>
                    {
                        using var draft = CheckpointDraft.Join(request.Folder);
                        var file = OwnerShard.Save(worker.Tensors, draft, Owner, request.Id.Step);
                        return new SaveReply(file.Name, file.Bytes, file.Sha256);
                    }
                );
            }
        );

    public Task Move(long generation) =>
        // Not a plain deactivation: callers whose directory still names this silo would bring the grain to life here again.
        End(generation, MigrateOnIdle);

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        await GiveUp();
        await Free();
        await base.OnDeactivateAsync(reason, cancellationToken);
    }

    protected abstract TWorker CreateWorker(RunPlan plan, string device);

    // The executor is for what takes longer than a grain's turn may.
    protected virtual Task Prepared(OwnerSetup setup, RunOptions options, TWorker worker, OwnerExecutor executor) => Task.CompletedTask;

    protected virtual Task Saving(StepId id) => Task.CompletedTask;

    protected virtual void Releasing() { }

    // Does tensor work once for a step: a repeated call gets the reply of the first.
    protected Task<TReply> Once<TReply>(StepId id, string kind, Func<TWorker, TReply> work) =>
        _replies.Once(id, kind, () => OnExecutor(id.Generation, work));

    protected Task<TReply> OnceAsync<TReply>(StepId id, string kind, Func<Task<TReply>> work) => _replies.Once(id, kind, work);

    protected async Task<TReply> OnExecutor<TReply>(long generation, Func<TWorker, TReply> work)
    {
        var (worker, executor) = Serving(generation);
        var reply = await executor.Run(() => work(worker));
        return generation == _generation ? reply : throw Stale(generation);
    }

    private async Task Free()
    {
        Releasing();
        _replies.Clear();
        Services.Living.TryRemove(_living, out _);
        var (worker, executor) = (_worker, _executor);
        (_worker, _executor) = (null, null);
        if (executor is not null)
        {
            await executor.Run(() => worker?.Dispose());
            executor.Dispose();
            if (Services.Living.IsEmpty)
            {
                // Nobody here needs what the allocator has kept.
                CpuAllocator.Trim();
            }
        }
    }
}
