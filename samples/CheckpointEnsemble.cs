using NeuroTrails.Configuration;
using NeuroTrails.Methods;
using NeuroTrails.Training;

namespace NeuroTrails.Samples;

/// <summary>
/// A method of one's own: the mean of one network at several moments of the second half of its training (Chen, Lundberg and Lee 2017, arXiv
/// 1710.03282). A program registers it by <c>EnsembleMethods.Register(new CheckpointEnsemble())</c>; a run names it by
/// <c>ensemble.method: checkpoints</c>.
/// </summary>
public sealed class CheckpointEnsemble : MembersInTime
{
    /// <inheritdoc/>
    public override string Name => "checkpoints";

    /// <inheritdoc/>
    public override IReadOnlyList<string> OwnSettings => ["ensemble.members"];

    /// <inheritdoc/>
    public override void Check(RunPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        CheckSteps(plan, 2L * plan.MembersPerHead, "a member every second step");
    }

    /// <inheritdoc/>
    public override bool KeepsAt(RunPlan plan, long step) => Member(plan, step) is not null;

    /// <inheritdoc/>
    public override void Keep(HeadPass pass, long step, Measured? measured)
    {
        ArgumentNullException.ThrowIfNull(pass);
        var member = Member(pass.Plan, step)!.Value;
        Put(pass.Tensors, member);
        Finish(pass.Tensors, member);
    }

    /// <inheritdoc/>
    public override string Describe(EnsembleOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return $"one network at {Count(options.Members, "moment")}";
    }

    // The first half, then a member at the end of each of as many parts.
    private static int? Member(RunPlan plan, long step)
    {
        var phases = Phases.After(plan.TotalSteps / 2, plan.TotalSteps, plan.MembersPerHead);
        return phases.IsEnd(step) && phases.At(step).Phase is > 0 and var phase ? phase - 1 : null;
    }
}
