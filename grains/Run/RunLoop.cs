using Microsoft.Extensions.Logging;
using NeuroTrails.Contracts;
using NeuroTrails.Running;
using NeuroTrails.Telemetry;
using NeuroTrails.Topology;
using NeuroTrails.Training;
using Orleans.Storage;

namespace NeuroTrails.Grains;

/// <summary>The course of one run on its coordinator's scheduler: steps, topology cycles, checkpoints, measurements, restarts.</summary>
internal sealed partial class RunLoop(
    RunDefinition run,
    RunPlan plan,
    OwnerRoster owners,
    OwnerSeats seats,
    RunBook book,
    RunLedger ledger,
    UpdateLog updates,
    RunWaiting waiting,
    TimeProvider time,
    ILogger logger
)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private readonly RestartBudget _restarts = new();
    private readonly FinitenessCheck _finiteness = new(owners);
    private readonly RunMeasurements _measurements = new(run, plan, owners, book, updates, time);
    private long _generation;
    private bool _serving;
    private bool _preparing;
    private bool _reconsider;
    private long _committed;
    private StepId? _saved;

    public RunPhase Phase { get; private set; } = RunPhase.Running;

    public long Step { get; private set; }

    public RunFailure? Failure { get; private set; }

    public RunSummary? Summary { get; private set; }

    // At the next step boundary, looks at where the owners live.
    public void Reconsider() => _reconsider = true;

    /// <summary>Runs until the end, or until asked to stop or to leave. Never throws: <see cref="Failure"/> says what went wrong.</summary>
    /// <param name="stop">Ends the run, with a checkpoint.</param>
    /// <param name="leave">Ends this coordinator, with a checkpoint; another one takes the run up.</param>
    public async Task RunAsync(CancellationToken stop, CancellationToken leave)
    {
        using var closes = book;
        try
        {
            await Course(stop, leave);
        }
        catch (Exception fault)
        {
            // A log that throws, for one. For a run that can be seen to have ended nobody waits; for any other they would for ever.
            Failure ??= RunFailures.Of(fault, Step, time.GetUtcNow());
            Phase = RunPhase.Failed;
        }
    }

    // Loads the checkpoint, or begins anew, without training.
    public async Task<long> OpenAsync()
    {
        await Prepare(run.CheckpointStep, trains: false, CancellationToken.None);
        Phase = RunPhase.Idle;
        return _generation;
    }

    private async Task Course(CancellationToken stop, CancellationToken leave)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, leave);
        var checkpoint = ledger.State.Committed is { } agreed ? book.LatestStep(agreed) : run.CheckpointStep;
        Exception? lost = null;
        while (Failure is null && Phase == RunPhase.Running)
        {
            try
            {
                checkpoint = lost is null ? checkpoint : await GoBack(lost, either.Token);
                await Begin(checkpoint, either.Token);
                await Steps(either.Token);
                if (leave.IsCancellationRequested && Step < plan.TotalSteps)
                {
                    break;
                }

                await Finish(stop, either.Token);
                if (Phase == RunPhase.Running)
                {
                    break;
                }
            }
            catch (InconsistentStateException overtaken)
            {
                // Whoever wrote in between coordinates the run now, and its files are not ours to touch.
                GrainLog.Overtaken(logger, overtaken, run.RunId);
                break;
            }
            catch (Exception) when (leave.IsCancellationRequested)
            {
                break;
            }
            catch (OperationCanceledException given) when (stop.IsCancellationRequested && given.CancellationToken == either.Token)
            {
                // It was waiting, with nothing to save.
                Phase = RunPhase.Stopped;
            }
            catch (Exception fault)
                when (fault is OwnerLostException or StaleGenerationException or TimeoutException or OrleansException && !_restarts.IsSpent)
            {
                lost = fault;
            }
            catch (Exception fault)
            {
                Failure = RunFailures.Of(fault, Step, time.GetUtcNow());
                GrainLog.Failed(logger, fault, run.RunId, Step);
            }
        }

        if (Failure is not null)
        {
            Task? released = null;

            // While that cannot be written down, a silo that leaves need not wait for owners whom nobody needs.
            var ended = await End(RunPhase.Failed, leave, () => released = Release());
            if (ended)
            {
                // Written before anybody can see that the run has ended, unless the store is away.
                book.Fail(Failure);
            }

            Phase = ended ? RunPhase.Failed : RunPhase.Running;
            await (released ?? Release());
        }
        else if (Phase != RunPhase.Running)
        {
            await Release();
            Phase = await End(Phase, leave) ? Phase : RunPhase.Running;
        }
    }

    private async Task Steps(CancellationToken stop)
    {
        while (Step < plan.TotalSteps && !stop.IsCancellationRequested)
        {
            var started = time.GetTimestamp();
            var id = new StepId(_generation, Step + 1);
            book.Stepping();
            var (reply, topology) = await TakeStep(id);
            Step = id.Step;
            var took = time.GetElapsedTime(started);
            _measurements.Deadline.Saw(took);
            book.Stepped(reply, topology, owners.LastTopology, owners.Density, took);
            if (topology is not null)
            {
                GrainLog.TopologyUpdated(logger, id.Step, topology.Dropped, topology.Grown, topology.Active);
            }

            await AtStepEnd(stop);
            if (_reconsider && Step < plan.TotalSteps && !stop.IsCancellationRequested)
            {
                await Move(stop);
            }
        }

        // However late it was asked to end.
        if (Step < plan.TotalSteps)
        {
            await Commit(null, stop);
        }
    }

    private async Task Move(CancellationToken stop)
    {
        _reconsider = false;
        if (await seats.ShouldMove(plan, ledger.State.Rebalance))
        {
            GrainLog.Moving(logger, run.RunId, Step);
            await Commit(null, stop);
            await Begin(Step, stop);
        }
    }

    private async Task<(StepReply Reply, TopologyReply? Topology)> TakeStep(StepId id)
    {
        using var span = RunSpans.Step(run.RunId, id.Generation, id.Step);
        var reply = await _measurements.Deadline.InTime(owners.Backbone.TrainStep(new(id)), Step, 1, $"step {id.Step}");
        RunFailures.Check(reply, plan.Options.Training.NonFinite, logger);
        if (!reply.Applied || !plan.UpdatesTopology(id.Step))
        {
            return (reply, null);
        }

        using var update = RunSpans.Topology(id.Step);
        try
        {
            return (reply, await owners.UpdateTopology(id));
        }
        catch (TopologyInvariantException)
        {
            // Weights that are not finite are no fault of the masks.
            await _finiteness.Check(id);
            throw;
        }
    }

    private async Task AtStepEnd(CancellationToken stop)
    {
        var measures = _measurements.IsDue(Step);
        var options = plan.Options.Checkpoint;
        var due =
            Step % options.EverySteps == 0
            || (options.EverySeconds > 0 && time.GetElapsedTime(_committed) >= TimeSpan.FromSeconds(options.EverySeconds));
        var keeps = plan.Method.KeepsAt(plan, Step);
        if (Step == plan.TotalSteps || measures || keeps || due)
        {
            await _finiteness.Check(new(_generation, Step));
            var measured = measures ? await _measurements.Measure("validation", new(_generation, Step), Unless(keeps, stop)) : null;
            if (keeps)
            {
                await owners.Keep(new(_generation, Step), measured);
            }

            await Commit(measured, stop);
        }
    }

    // What a method keeps by a measurement must be in the step's checkpoint, so that such a measurement is not given up.
    private static CancellationToken Unless(bool keeps, CancellationToken stop) => keeps ? CancellationToken.None : stop;

    private async Task Commit(EnsembleFigures? measured, CancellationToken giveUp)
    {
        var id = new StepId(_generation, Step);
        if (id == _saved)
        {
            return;
        }

        await _finiteness.Check(id);
        await book.Commit(id, owners.Save, point => ledger.Commit(point, giveUp), measured);
        (_saved, _committed) = (id, time.GetTimestamp());
        GrainLog.Committed(logger, Step);
    }

    private string Results => run.Data.ResultSplitOf(plan.Options.Evaluation);

    private async Task Finish(CancellationToken stop, CancellationToken giveUp)
    {
        if (Step < plan.TotalSteps)
        {
            Phase = stop.IsCancellationRequested ? RunPhase.Stopped : RunPhase.Failed;
            return;
        }

        if (await _measurements.Measure(Results, new(_generation, Step), giveUp) is { } result)
        {
            Summary = book.Finish(result, owners.Density);
            Phase = RunPhase.Finished;
        }
        else if (stop.IsCancellationRequested)
        {
            Phase = RunPhase.Stopped;
        }
    }

    // False where another coordinator has overtaken this one, or will.
    private async Task<bool> End(RunPhase phase, CancellationToken leave, Action? away = null)
    {
        try
        {
            // Who waits for the run need not wait for the store.
            await ledger.End(phase, Failure, Away, leave);
            return true;
        }
        catch (Exception fault) when (fault is InconsistentStateException or OperationCanceledException)
        {
            // What is stored says that the run goes on, and another coordinator will see to it.
            GrainLog.Overtaken(logger, fault, run.RunId);
            return false;
        }

        void Away()
        {
            Phase = phase;
            away?.Invoke();
        }
    }

    private async Task Release()
    {
        try
        {
            // Owners that are still being made let go only when they are done, which nobody has to wait for.
            await owners.Release(_generation).WaitAsync(_preparing ? Patience : Timeout.InfiniteTimeSpan, time);
        }
        catch (Exception fault)
        {
            // Whoever cannot be reached has lost its tensors already, or frees them for the next generation.
            GrainLog.ReleaseFailed(logger, fault, run.RunId);
        }
    }
}
