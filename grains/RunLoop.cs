using Microsoft.Extensions.Logging;
using NeuroTrails.Configuration;
using NeuroTrails.Contracts;
using NeuroTrails.Running;
using NeuroTrails.Telemetry;
using NeuroTrails.Training;
using Orleans.Storage;

namespace NeuroTrails.Grains;

/// <summary>The course of one run on its coordinator's scheduler: steps, topology cycles, checkpoints, measurements, and the way back after a fault.</summary>
internal sealed class RunLoop(
    RunDefinition run, RunPlan plan, OwnerRoster owners, OwnerSeats seats, RunBook book, RunLedger ledger, UpdateLog updates, TimeProvider time, ILogger logger)
{
    // Restarts without passing the highest step reached: a fault that repeats itself is not cured by going back once more.
    private const int MaxRestarts = 5;

    // A silo that died is missed within seconds; until then its owners are looked for in vain.
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(0.5);

    private long _generation;
    private long _reached;
    private int _restarts;
    private bool _reconsider;
    private long _committed;

    public RunPhase Phase { get; private set; } = RunPhase.Running;

    public long Step { get; private set; }

    public RunFailure? Failure { get; private set; }

    public RunSummary? Summary { get; private set; }

    /// <summary>At the next step boundary, looks at where the owners live.</summary>
    public void Reconsider() => _reconsider = true;

    /// <summary>Runs to the end, or until it is asked to stop or to leave. Never throws: <see cref="Failure"/> says what went wrong.</summary>
    /// <param name="stop">Ends the run, with a checkpoint.</param>
    /// <param name="leave">Ends this coordinator, with a checkpoint; another one takes the run up.</param>
    public async Task RunAsync(CancellationToken stop, CancellationToken leave)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, leave);
        var checkpoint = run.CheckpointStep;
        while (Phase == RunPhase.Running)
        {
            try
            {
                await Begin(checkpoint);
                await Steps(either.Token);
                if (leave.IsCancellationRequested && Step < plan.TotalSteps)
                {
                    break;
                }

                await Finish(stop);
                await ledger.End(Phase, Failure);
            }
            catch (InconsistentStateException overtaken)
            {
                // Whoever wrote in between coordinates the run now, and its files are not ours to touch.
                GrainLog.Overtaken(logger, overtaken, run.RunId);
                break;
            }
            catch (Exception fault) when (fault is OwnerLostException or StaleGenerationException or TimeoutException or OrleansException && _restarts < MaxRestarts)
            {
                if (leave.IsCancellationRequested)
                {
                    break;
                }

                _restarts = Step > _reached ? 0 : _restarts + 1;
                _reached = Math.Max(_reached, Step);
                GrainLog.Recovering(logger, fault, _generation, Step);
                book.Recovered();
                checkpoint = book.LatestStep(ledger.State.Committed);
                updates.Add(new RunNotice($"A part of the run was lost at step {Step} ({fault.Message}); going on from step {checkpoint ?? 0}.", Warning: true));
                await Task.Delay(FirstPause * (1 << _restarts), time, CancellationToken.None);
            }
            catch (Exception fault)
            {
                GrainLog.Failed(logger, fault, run.RunId, Step);
                Failure = new(fault.Message, fault is UserErrorException);
                Phase = RunPhase.Failed;
                await RecordFailure();
            }
        }

        if (Phase != RunPhase.Running)
        {
            await Release();
        }

        book.Dispose();
    }

    /// <summary>Loads the checkpoint for measuring and predicting.</summary>
    public async Task<long> OpenAsync()
    {
        await Prepare(run.CheckpointStep);
        Phase = RunPhase.Idle;
        return _generation;
    }

    private async Task Begin(long? checkpoint)
    {
        _reconsider = false;
        _committed = time.GetTimestamp();
        await Prepare(checkpoint);
        book.Begin(Step, owners.Density);
    }

    private async Task Prepare(long? checkpoint)
    {
        var position = book.Locate(checkpoint);
        Step = position.Step;
        _generation = Math.Max(Math.Max(_generation, ledger.State.Generation), position.Generation) + 1;
        await ledger.BeginGeneration(_generation);
        await owners.Prepare(_generation, Step + 1, position.Folder);
    }

    private async Task Steps(CancellationToken stop)
    {
        while (Step < plan.TotalSteps && !stop.IsCancellationRequested)
        {
            var started = time.GetTimestamp();
            var id = new StepId(_generation, Step + 1);
            var (reply, topology) = await TakeStep(id);
            Step = id.Step;
            book.Stepped(reply, topology, owners.Density, time.GetElapsedTime(started));
            if (topology is not null)
            {
                GrainLog.TopologyUpdated(logger, id.Step, topology.Dropped, topology.Grown, topology.Active);
            }

            await AtStepEnd(stop);
            if (_reconsider && Step < plan.TotalSteps && !stop.IsCancellationRequested)
            {
                await Move();
            }
        }
    }

    private async Task Move()
    {
        _reconsider = false;
        if (await seats.ShouldMove(plan, ledger.State.Rebalance))
        {
            GrainLog.Moving(logger, run.RunId, Step);
            await Commit(null);
            await Begin(Step);
        }
    }

    private async Task<(StepReply Reply, TopologyReply? Topology)> TakeStep(StepId id)
    {
        using var span = RunSpans.Step(id.Step);
        var reply = await owners.Backbone.TrainStep(new(id));
        Check(reply);
        if (!reply.Applied || !plan.UpdatesTopology(id.Step))
        {
            return (reply, null);
        }

        using var update = RunSpans.Topology(id.Step);
        return (reply, await owners.UpdateTopology(id));
    }

    private async Task AtStepEnd(CancellationToken stop)
    {
        var done = Step == plan.TotalSteps;
        Measurement? measured = null;
        if (!done && Step % ((long)plan.StepsPerEpoch * plan.Options.Evaluation.EveryEpochs) == 0 && run.Data.ValidationSamples > 0)
        {
            measured = await Measure("validation");
        }

        var options = plan.Options.Checkpoint;
        var due = Step % options.EverySteps == 0 || (options.EverySeconds > 0 && time.GetElapsedTime(_committed) >= TimeSpan.FromSeconds(options.EverySeconds));
        if (done || measured is not null || stop.IsCancellationRequested || due)
        {
            await Commit(done && run.Data.ValidationSamples > 0 ? await Measure("validation") : measured);
        }
    }

    private async Task Commit(Measurement? measured)
    {
        await book.Commit(new(_generation, Step), owners.Save, ledger.Commit, measured);
        _committed = time.GetTimestamp();
        GrainLog.Committed(logger, Step);
    }

    private async Task<Measurement> Measure(string split)
    {
        using var span = RunSpans.Evaluate(split, Step);
        var measured = await owners.Predictor.Measure(new(
            _generation,
            split,
            split == "test" ? run.Data.TestSamples : run.Data.ValidationSamples,
            plan.Heads,
            plan.Data.Classes,
            plan.Options.Evaluation.Batch,
            plan.Options.Ensemble.Prediction == PredictionRule.Logits));
        book.Measured(Step, split, measured);
        return measured;
    }

    private async Task Finish(CancellationToken stop)
    {
        if (Step < plan.TotalSteps)
        {
            Phase = stop.IsCancellationRequested ? RunPhase.Stopped : RunPhase.Failed;
            return;
        }

        Summary = book.Finish(await Measure("test"), owners.Density);
        Phase = RunPhase.Finished;
    }

    private void Check(StepReply reply)
    {
        if (reply.Applied)
        {
            return;
        }

        var head = Array.FindIndex(reply.HeadLoss, loss => !double.IsFinite(loss));
        GrainLog.NonFinite(logger, reply.Id.Step, head, reply.HeadLoss[head]);
        if (plan.Options.Training.NonFinite == NonFiniteRule.Stop)
        {
            throw new UserErrorException(
                $"Step {reply.Id.Step}: the loss of head-{head} is {reply.HeadLoss[head]}, and nobody applied the step. Lower training.learning_rate, set training.clip_norm, or go on regardless with training.non_finite: skip.");
        }
    }

    private async Task RecordFailure()
    {
        try
        {
            await ledger.End(Phase, Failure);
        }
        catch (Exception fault) when (fault is InconsistentStateException or TimeoutException or OrleansException)
        {
            GrainLog.Overtaken(logger, fault, run.RunId);
        }
    }

    private async Task Release()
    {
        try
        {
            await owners.Release(_generation);
        }
        catch (Exception fault) when (fault is TimeoutException or OrleansException)
        {
            GrainLog.ReleaseFailed(logger, fault, run.RunId);
        }
    }
}
