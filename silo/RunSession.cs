using NeuroTrails.Checkpoints;
using NeuroTrails.Contracts;
using NeuroTrails.Running;

namespace NeuroTrails.Silo;

/// <summary>One run as whoever submits or watches it sees it, whether its coordinator lives in this process or in a cluster.</summary>
internal sealed class RunSession(
    ICoordinatorGrain coordinator,
    string runId,
    IProgress<RunUpdate> updates,
    GrainCalls calls,
    TimeProvider time
)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    private Task _asked = Task.CompletedTask;
    private long _seen;
    private long _step;
    private long _total;
    private bool _finishedBefore;

    // Full path of the run's folder; null where it is a cluster's.
    public string? Folder { get; init; }

    public async Task SubmitAsync(RunSubmission submission, CancellationToken stop)
    {
        submission = submission with { Id = RunClaim.NewKey() };
        while (true)
        {
            var reply = await calls.Ask(() => coordinator.Submit(submission), $"run '{runId}' to be taken", stop);
            Report(await calls.Ask(() => coordinator.Poll(_seen), $"word of run '{runId}'", stop));
            if (reply.Refusal is { } refusal)
            {
                throw new UserErrorException(refusal);
            }

            if (reply.Phase != RunPhase.Submitted)
            {
                _finishedBefore = reply.Phase == RunPhase.Finished;
                return;
            }
        }
    }

    // Where it is given up the run is left, or else asked to end, which is waited for.
    public async Task<TrainResult> FollowAsync(bool leaves, CancellationToken stop)
    {
        await using var stream = new SnapshotStream(coordinator, _seen);
        using var watching = leaves ? CancellationTokenSource.CreateLinkedTokenSource(stop) : new();
        await using var stopping = stop.Register(() =>
            _asked = leaves ? Task.CompletedTask : calls.Ask(Stop, $"run '{runId}' to hear that it shall end", CancellationToken.None)
        );
        try
        {
            while (true)
            {
                var snapshot = await calls.Ask(() => stream.Next(watching.Token), $"word of run '{runId}'", watching.Token);
                Report(snapshot);
                if (!snapshot.IsUnderWay)
                {
                    await _asked;
                    return Result(snapshot);
                }
            }
        }
        catch (OperationCanceledException) when (leaves && stop.IsCancellationRequested)
        {
            return new(TrainOutcome.Left, _step, _total, null);
        }
    }

    public async Task<RunSnapshot> StopAsync(CancellationToken stop)
    {
        while (true)
        {
            var snapshot = await calls.Ask(() => coordinator.Poll(_seen), $"word of run '{runId}'", stop);
            Report(snapshot);
            if (!snapshot.IsUnderWay)
            {
                return snapshot;
            }

            // Asked again each time: a coordinator that died with its silo took the request with it.
            await calls.Ask(Stop, $"run '{runId}' to hear that it shall end", stop);
            await Task.Delay(Pause, time, stop);
        }
    }

    private async Task<bool> Stop()
    {
        await coordinator.Stop();
        return true;
    }

    private TrainResult Result(RunSnapshot last) =>
        last.Phase switch
        {
            RunPhase.Finished => new(
                _finishedBefore ? TrainOutcome.AlreadyFinished : TrainOutcome.Finished,
                Steps(last),
                Math.Max(_total, Steps(last)),
                last.Summary
            ),
            RunPhase.Stopped => new(TrainOutcome.Interrupted, last.Step, _total, null),
            _ when last.Failure is { } failure => throw new RunFailedException(failure, Folder),
            _ => throw new InvalidOperationException($"Nobody knows run '{runId}' any more."),
        };

    // A coordinator that only reads what is left of a run has counted no step of its own.
    private static long Steps(RunSnapshot last) => Math.Max(last.Step, last.Summary?.Steps ?? 0);

    private void Report(RunSnapshot snapshot)
    {
        (_seen, _step) = (snapshot.Sequence, snapshot.Step);
        foreach (var update in snapshot.Updates)
        {
            _total = update switch
            {
                StepProgress progress => progress.TotalSteps,
                RunStarted started => started.TotalSteps,
                _ => _total,
            };
            updates.Report(update);
        }
    }
}
