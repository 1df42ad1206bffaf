using Microsoft.Extensions.Logging;
using NeuroTrails.Checkpoints;
using NeuroTrails.Configuration;
using NeuroTrails.Contracts;

namespace NeuroTrails.Grains;

/// <summary>Runs a run. Starting returns at once; the run goes on as a task on this grain's scheduler, so that polling and stopping interleave with it.</summary>
/// <param name="state">What must outlive this activation.</param>
/// <param name="parts">What a run is made of.</param>
/// <param name="logs">Logs.</param>
[KeepAlive]
[System.Diagnostics.CodeAnalysis.SuppressMessage("Design", "CA1001", Justification = "Freed on deactivation.")]
public sealed class CoordinatorGrain(
    [PersistentState("run", GrainStorage.Name)] IPersistentState<CoordinatorState> state, CoordinatorServices parts, ILoggerFactory logs) : Grain, ICoordinatorGrain
{
    private readonly UpdateLog _updates = new();
    private CancellationTokenSource _stop = new();
    private readonly CancellationTokenSource _leave = new();
    private RunLoop? _loop;
    private OwnerSeats? _seats;
    private Task? _running;

    private RunLedger Ledger => field ??= new(state);

    /// <inheritdoc/>
    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        if (state.State is { Phase: RunPhase.Running, InCluster: true, Run: not null })
        {
            TakeUp();
        }

        return base.OnActivateAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public async Task Start(RunDefinition run)
    {
        ArgumentNullException.ThrowIfNull(run);
        if (_running is null)
        {
            await Ledger.Begin(run, inCluster: false);
            Run(run);
        }
    }

    /// <inheritdoc/>
    public async Task<SubmissionReply> Submit(RunSubmission submission)
    {
        ArgumentNullException.ThrowIfNull(submission);
        if (_running is { } ending && _loop?.Phase != RunPhase.Running)
        {
            // The run has ended, as everybody can see, but its owners are still being released.
            await ending.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        }

        if (_running is { IsCompleted: false })
        {
            return submission.MayExist ? new(RunPhase.Running) : new(RunPhase.Running, $"Run '{submission.RunId}' is under way already. Watch it with: attach {submission.RunId}.");
        }

        // An earlier sitting may have been stopped; a request to stop that comes from here on is meant for this one.
        if (!_stop.TryReset())
        {
            _stop.Dispose();
            _stop = new();
        }

        try
        {
            if (submission.MayExist && state.State is { Phase: RunPhase.Finished, Run: { } known } && new RunFolder(known.Folder).HoldsRun)
            {
                return new(RunPhase.Finished);
            }

            var run = await parts.Admission.Admit(submission);
            (state.State.Pins, state.State.Rebalance) = (submission.Pins, submission.Rebalance);

            // A layout that cannot be is refused now, not in the background.
            await parts.Placement.Plan(parts.Owners.Plan(RunOptionsReader.Parse(run.Options), run.Data), run.RunId, submission.Pins);
            await Ledger.Begin(run, inCluster: true);
        }
        catch (UserErrorException mistake)
        {
            return new(state.State.Phase, mistake.Message);
        }

        await Cluster().Enlist(submission.RunId);
        TakeUp();
        return new(RunPhase.Running);
    }

    /// <inheritdoc/>
    public Task Ensure() => Task.CompletedTask;

    /// <inheritdoc/>
    public Task Reconsider()
    {
        _loop?.Reconsider();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<OwnerLocation[]> Layout() => Task.FromResult(_seats?.Places ?? []);

    /// <inheritdoc/>
    public Task<RunSnapshot> Poll(long after)
    {
        var failure = _loop is null && state.State.Failure is { } text ? new RunFailure(text, state.State.FailureIsUsers) : _loop?.Failure;
        var summary = _loop?.Summary ?? (state.State is { Phase: RunPhase.Finished, Run: { } run } ? SummaryFile.Read(new RunFolder(run.Folder).SummaryPath) : null);
        return Task.FromResult(_updates.Snapshot(after, _loop?.Phase ?? state.State.Phase, _loop?.Step ?? state.State.Committed?.Step ?? 0, failure, summary));
    }

    /// <inheritdoc/>
    public Task Stop()
    {
        // Not awaited: the run ends at the next step boundary, and Poll tells when.
        _stop.Cancel();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async Task<long> Open(RunDefinition run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return await CreateLoop(run).OpenAsync();
    }

    /// <inheritdoc/>
    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        await _leave.CancelAsync();
        if (_running is not null)
        {
            await _running.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        }

        _stop.Dispose();
        _leave.Dispose();
        await base.OnDeactivateAsync(reason, cancellationToken);
    }

    private IClusterGrain Cluster() => GrainFactory.GetGrain<IClusterGrain>(GrainKeys.Cluster);

    /// <summary>Goes on with the run of the state, from the checkpoint that it agreed on.</summary>
    private void TakeUp() => Run(state.State.Run! with { CheckpointStep = state.State.Committed?.Step ?? state.State.Run!.CheckpointStep });

    private void Run(RunDefinition run) => _running = Conduct(CreateLoop(run), run.RunId);

    private async Task Conduct(RunLoop loop, string runId)
    {
        await loop.RunAsync(_stop.Token, _leave.Token);
        if (loop.Phase != RunPhase.Running && state.State.InCluster)
        {
            await Cluster().Retire(runId);
        }
        else if (loop.Phase == RunPhase.Running && !_leave.IsCancellationRequested)
        {
            // Overtaken by another coordinator: calls shall reach that one.
            DeactivateOnIdle();
        }
    }

    private RunLoop CreateLoop(RunDefinition run)
    {
        var plan = parts.Owners.Plan(RunOptionsReader.Parse(run.Options), run.Data);
        var book = new RunBook(run, plan, _updates, parts.Time, logs.CreateLogger<CheckpointStore>(), parts.Telemetry, parts.Runtime.Text);
        _seats = new(parts.Placement, run.RunId, state.State.Pins, parts.Time);
        _loop = new(run, plan, new(GrainFactory, run, plan, _seats), _seats, book, Ledger, _updates, parts.Time, logs.CreateLogger<CoordinatorGrain>());
        return _loop;
    }
}
