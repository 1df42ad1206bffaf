using Microsoft.Extensions.Logging;
using NeuroTrails.Configuration;
using NeuroTrails.Contracts;
using NeuroTrails.Running;

namespace NeuroTrails.Grains;

/// <summary>Says why a run ends, so that a person can act on it.</summary>
internal static class RunFailures
{
    public static RunFailure Of(Exception fault, long step, DateTimeOffset now) =>
        fault is RunFault known
            ? new()
            {
                Reason = known.Message,
                Cause = known.Cause,
                Step = known.Step,
                Owner = known.Owner,
                Time = now,
            }
            : new()
            {
                Reason = fault.Message,
                Cause = fault is UserErrorException ? FailureCause.Input : FailureCause.Fault,
                Step = step,
                Time = now,
            };

    // A loss was not finite: the batch says whether the data or the training is at fault.
    private static RunFault NonFiniteLoss(StepReply reply, int head)
    {
        var (step, owner) = (reply.Id.Step, $"head-{head}");
        return reply.BatchFault is { } fault
            ? new(
                $"Step {step}: {fault}. The data is at fault, not the training. Mend or leave out such samples, or pass over their "
                    + "batches with training.non_finite: skip.",
                FailureCause.Data,
                step,
                null
            )
            : new(
                $"Step {step}: the loss of {owner} is {reply.HeadLoss[head]}, though every value of the batch is finite: the training has "
                    + "diverged. Nobody applied the step. "
                    + "Start anew with a lower training.learning_rate, with training.clip_norm, or with training.non_finite: skip, which "
                    + "passes over such steps.",
                FailureCause.Diverged,
                step,
                owner
            );
    }

    public static void Check(StepReply reply, NonFiniteRule rule, ILogger logger)
    {
        if (reply.Applied)
        {
            return;
        }

        var head = Array.FindIndex(reply.HeadLoss, loss => !double.IsFinite(loss));
        GrainLog.NonFinite(logger, reply.Id.Step, head, reply.HeadLoss[head]);
        if (rule == NonFiniteRule.Stop)
        {
            throw NonFiniteLoss(reply, head);
        }
    }

    public static RunNotice Lost(Exception lost, long step, long? checkpoint)
    {
        var at = step == 0 ? "before step 1" : $"after step {step}";
        var from = checkpoint is > 0 and var saved ? $"after step {saved}, which was saved" : "from the start";
        return new($"A part of the run was lost {at} ({lost.Message}); going on {from}.", Warning: true);
    }

    public static RunFault NonFiniteState(OwnerCheck found, long step) =>
        found.IsStatistic
            ? new(
                $"Step {step}: the running statistics `{found.NonFinite}` of {found.Owner} are not finite, though every weight there is. "
                    + "Nothing of it was saved. A batch, or what "
                    + "the network made of it, held values too large to be squared, or one value a channel. Look at the data and its "
                    + "scale: data.normalise, data.mean, data.deviation.",
                FailureCause.Data,
                step,
                found.Owner
            )
            : new(
                $"Step {step}: `{found.NonFinite}` of {found.Owner} is not finite: the training has diverged. Nothing of it was saved. "
                    + "Start anew with a lower training.learning_rate, or with training.clip_norm.",
                FailureCause.Diverged,
                step,
                found.Owner
            );
}
