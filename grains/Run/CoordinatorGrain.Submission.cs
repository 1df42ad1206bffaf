using NeuroTrails.Checkpoints;
using NeuroTrails.Contracts;

namespace NeuroTrails.Grains;

internal sealed partial class CoordinatorGrain
{
    public async Task<SubmissionReply> Submit(RunSubmission submission)
    {
        if (_considered is not { } before || before.Submission.Id is null || before.Submission.Id != submission.Id)
        {
            if (_considered is { Reply.IsCompleted: false })
            {
                return new(
                    RunPhase.Submitted,
                    $"Run '{submission.RunId}' was submitted already, and is being looked at. Watch it with: attach {submission.RunId}."
                );
            }

            Consider(submission);
        }

        var reply = _considered!.Value.Reply;
        await ((Task)reply.WaitAsync(AnswerWithin, parts.Time)).WithoutThrowing();
        return reply.IsCompleted ? await reply : new(RunPhase.Submitted);
    }

    private void Consider(RunSubmission submission) => _considered = (submission, Decide(submission));

    private async Task<SubmissionReply> Decide(RunSubmission submission)
    {
        if (_running is { } ending && _loop?.Phase != RunPhase.Running)
        {
            // The run has ended, as everybody can see, but its owners are still being released.
            await ending.WithoutThrowing();
        }

        RunLock? right = null;
        try
        {
            if (submission.Id is { } id && id == state.State.Accepted)
            {
                return new(_loop?.Phase ?? state.State.Phase);
            }

            if (
                _running is { IsCompleted: false }
                || (
                    state.State.Phase == RunPhase.Finished
                    && submission is { MayExist: true, ChangesSettings: false }
                    && new RunFolder(state.State.Run!.Folder).HoldsRun
                )
            )
            {
                return Known(submission);
            }

            // An earlier sitting may have been stopped; a request to stop that comes from here on is meant for this one.
            if (!_stop.TryReset())
            {
                _stop.Dispose();
                _stop = new();
            }

            await Ledger.Submitted(submission);
            var admitted = await parts.Admission.Admit(submission, state.State.Lease!, _updates.Add);
            right = admitted.Right;
            if (admitted.Finished is not null)
            {
                right?.Dispose();
                await Ledger.Submitted(null);
                (state.State.Run, state.State.Phase, _loop) = (admitted.Run, RunPhase.Finished, null);
                return new(RunPhase.Finished);
            }

            await Ledger.Begin(admitted.Run, submission);
            Run(right);
        }
        catch (UserErrorException mistake)
        {
            // Where that cannot be written, whoever coordinates next finds the same mistake.
            await Ledger.Submitted(null).WithoutThrowing();
            return new(state.State.Phase, mistake.Message);
        }
        catch (Exception away)
            when (away is OrleansException || away.GetType().Namespace?.StartsWith(nameof(Orleans), StringComparison.Ordinal) is true)
        {
            // Whether it was written nobody knows; the next activation reads what is true.
            right?.Dispose();
            DeactivateOnIdle();
            var reason = $"The run cannot be started now, as the cluster does not answer: {away.GetBaseException().Message}.";
            return new(RunPhase.Idle, $"{reason} Look with status, and try again.");
        }

        // From then on others see to it that the run has a coordinator; where they cannot be told now, the run need not wait for that.
        await _telling.WaitAsync(Patience, parts.Time).WithoutThrowing();
        return new(RunPhase.Running);
    }

    private SubmissionReply Known(RunSubmission submission)
    {
        if (submission.ChangesSettings)
        {
            var busy = $"Run '{submission.RunId}' is under way, and its settings change only while it is stopped.";
            return new(state.State.Phase, $"{busy} End it with: stop {submission.RunId}.");
        }

        if (!submission.MayExist)
        {
            return new(RunPhase.Running, $"Run '{submission.RunId}' is under way already. Watch it with: attach {submission.RunId}.");
        }

        parts.Admission.Compare(submission, state.State.Run!.Options);
        return new(state.State.Phase);
    }
}
