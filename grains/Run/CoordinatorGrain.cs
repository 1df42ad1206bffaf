using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using NeuroTrails.Checkpoints;
using NeuroTrails.Configuration;
using NeuroTrails.Contracts;
using NeuroTrails.Running;
using Orleans.Placement;

namespace NeuroTrails.Grains;

/// <summary>Runs a run. Starting returns at once; the run goes on as a task on this grain's scheduler, so that watching and stopping
/// interleave with it.</summary>
[KeepAlive, Immovable]
[System.Diagnostics.CodeAnalysis.SuppressMessage("Design", "CA1001", Justification = "Freed on deactivation.")]
internal sealed partial class CoordinatorGrain(
    [PersistentState("run", GrainStorage.Name)] IPersistentState<CoordinatorState> state,
    CoordinatorServices parts,
    ILoggerFactory logs
) : Grain, ICoordinatorGrain
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Together = TimeSpan.FromMilliseconds(50);
    private readonly ILogger _logger = logs.CreateLogger<CoordinatorGrain>();
    private readonly UpdateLog _updates = new();
    private CancellationTokenSource _stop = new();
    private readonly CancellationTokenSource _leave = new();
    private RunLoop? _loop;
    private OwnerSeats? _seats;
    private Task? _running;
    private Task _course = Task.CompletedTask;
    private (RunSubmission Submission, Task<SubmissionReply> Reply)? _considered;
    private Task _telling = Task.CompletedTask;

    private RunWaiting Waiting => field ??= new(_updates, parts.Time);

    private RunLedger Ledger => field ??= new(state, Waiting);

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        if (state.State.Submission is { } submission)
        {
            // What its folder holds may be what the submission's first coordinator had begun.
            Consider(submission with { MayExist = true });
        }
        else if (state.State is { Phase: RunPhase.Running, Run: not null })
        {
            Run(null);
        }

        return base.OnActivateAsync(cancellationToken);
    }

    public Task Ensure()
    {
        if (_running is null && _telling.IsCompleted && state.State is { Submission: null, Phase: not RunPhase.Running, Run: { } ended })
        {
            // The run has ended, and who saw it end could not say so.
            _ = Tell(cluster => cluster.Retire(ended.RunId));
        }

        return Task.CompletedTask;
    }

    public Task Reconsider()
    {
        _loop?.Reconsider();
        return Task.CompletedTask;
    }

    public Task<OwnerLocation[]> Layout() => Task.FromResult(_seats?.Places ?? []);

    public Task<RunSnapshot> Poll(long after)
    {
        if (_loop is null && _considered is null && state.State is { Run: null, Submission: null })
        {
            // Whoever asks for names that nobody knows shall not fill the silo with coordinators of nothing.
            DeactivateOnIdle();
        }

        return Task.FromResult(Snapshot(after));
    }

    public async IAsyncEnumerable<RunSnapshot> Watch(long after, [EnumeratorCancellation] CancellationToken stop = default)
    {
        while (true)
        {
            var snapshot = Snapshot(after);
            after = snapshot.Sequence;
            yield return snapshot;
            if (!snapshot.IsUnderWay)
            {
                yield break;
            }

            // What follows within moments goes with it.
            await Task.Delay(Together, parts.Time, stop);
            await Task.WhenAny(_updates.Beyond(after), _course, Task.Delay(Pause, parts.Time, stop));
        }
    }

    public Task Stop()
    {
        // Not awaited: the run ends at the next step boundary, and Poll tells when.
        _stop.Cancel();
        return Task.CompletedTask;
    }

    public async Task<long> Open(RunDefinition run) => await CreateLoop(run, null).OpenAsync();

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        await _leave.CancelAsync();
        if (_running is not null)
        {
            await _running.WaitAsync(cancellationToken).WithoutThrowing();
        }

        _stop.Dispose();
        _leave.Dispose();
        await base.OnDeactivateAsync(reason, cancellationToken);
    }

    private RunSnapshot Snapshot(long after)
    {
        RunFailure? failure =
            _loop is null && state.State.Failure is { } text
                ? new()
                {
                    Reason = text,
                    Cause = state.State.FailureIsUsers ? FailureCause.Input : FailureCause.Fault,
                    Step = state.State.Committed?.Step ?? 0,
                    Time = default,
                }
                : _loop?.Failure;
        var summary =
            _loop?.Summary
            ?? (state.State is { Phase: RunPhase.Finished, Run: { } run } ? SummaryFile.Read(new RunFolder(run.Folder).SummaryPath) : null);
        var phase = _considered is { Reply.IsCompleted: false } ? RunPhase.Submitted : _loop?.Phase ?? state.State.Phase;
        return _updates.Snapshot(after, phase, _loop?.Step ?? state.State.Committed?.Step ?? 0, failure, summary) with
        {
            Waiting = Waiting.For,
        };
    }

    // Begins the run of the state, or goes on with it from the checkpoint that it agreed on.
    private void Run(RunLock? right) => _running = Conduct(CreateLoop(state.State.Run!, right), state.State.Run!.RunId);

    private async Task Conduct(RunLoop loop, string runId)
    {
        _ = Tell(cluster => cluster.Enlist(runId));
        _course = loop.RunAsync(_stop.Token, _leave.Token);
        await _course;
        if (loop.Phase != RunPhase.Running)
        {
            await Tell(cluster => cluster.Retire(runId));
        }
        else if (!_leave.IsCancellationRequested)
        {
            // Overtaken by another coordinator: calls shall reach that one.
            DeactivateOnIdle();
        }
    }

    private Task Tell(Func<IClusterGrain, Task> message) => _telling = TellAfter(_telling, message);

    // One message after the other, each until it is heard.
    private async Task TellAfter(Task before, Func<IClusterGrain, Task> message)
    {
        var leave = _leave.Token;
        await before;
        while (!leave.IsCancellationRequested)
        {
            try
            {
                await message(GrainFactory.GetGrain<IClusterGrain>(GrainKeys.Cluster));
                return;
            }
            catch (Exception fault)
            {
                GrainLog.Unheard(_logger, fault, this.GetPrimaryKeyString());
                await Task.Delay(Pause, parts.Time, leave).WithoutThrowing();
            }
        }
    }

    private RunLoop CreateLoop(RunDefinition run, RunLock? right)
    {
        var plan = parts.Owners.Plan(RunOptionsReader.Parse(run.Options), run.Data);
        var book = new RunBook(
            run,
            plan,
            _updates,
            parts.Time,
            logs.CreateLogger<CheckpointStore>(),
            parts.Telemetry,
            parts.Runtime,
            parts.Leases,
            state.State.Lease ?? run.RunId,
            right
        );
        _seats = new(parts.Placement, run.RunId, state.State.Pins, parts.Time);
        _loop = new(
            run,
            plan,
            new(GrainFactory, run, plan, _seats, parts.Time),
            _seats,
            book,
            Ledger,
            _updates,
            Waiting,
            parts.Time,
            _logger
        );
        return _loop;
    }
}
