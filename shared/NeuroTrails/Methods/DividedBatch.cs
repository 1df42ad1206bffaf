using NeuroTrails.Models;
using NeuroTrails.Training;
using static TorchSharp.torch;

namespace NeuroTrails.Methods;

/// <summary>What methods have in common whose layers know the member of a sample by its place in the batch: in training each member sees
/// its part of the batch, in prediction all of it.</summary>
public abstract class DividedBatch : OneOwner
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> OwnSettings => ["ensemble.members"];

    /// <inheritdoc/>
    public override bool OneIsSingle => false;

    /// <inheritdoc/>
    public override void Check(RunPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        if (plan.MicroBatch < plan.MembersPerHead)
        {
            throw new UserErrorException(
                $"Method {Name} divides each batch among its {plan.MembersPerHead} members, and "
                    + $"{(plan.MicroBatches == 1 ? "a batch" : "a micro-batch")} has {plan.MicroBatch} samples. Allowed: at least "
                    + $"{plan.MembersPerHead}. Change training.batch or ensemble.members."
            );
        }
    }

    /// <inheritdoc/>
    public override NetworkSize FinishedSize(RunPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return plan.Size.Passes(plan.MembersPerHead);
    }

    /// <inheritdoc/>
    public override Tensor Infer(HeadPass pass, Tensor input_B)
    {
        ArgumentNullException.ThrowIfNull(pass);
        ArgumentNullException.ThrowIfNull(input_B);
        var members = pass.Plan.MembersPerHead;
        return pass.Forward(cat([.. Enumerable.Repeat(input_B, members)]), training: false).view(members, input_B.shape[0], -1);
    }
}
