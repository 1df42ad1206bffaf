using NeuroTrails.Configuration;
using NeuroTrails.Training;

namespace NeuroTrails.Methods;

/// <summary>
/// Snapshot ensemble (Huang et al. 2017, arXiv 1704.00109): one dense network whose learning rate falls by a cosine M times, from the top
/// each time; the network at the end of each of the M cycles is a member.
/// </summary>
public sealed class SnapshotEnsemble : MembersInTime
{
    /// <inheritdoc/>
    public override string Name => "snapshot";

    /// <inheritdoc/>
    public override IReadOnlyList<string> OwnSettings => ["ensemble.members"];

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, object?> Fixed { get; } =
        new Dictionary<string, object?>
        {
            ["ensemble.heads"] = 1,
            ["topology.density"] = 1.0,
            ["training.schedule"] = LearningRateScheduleKind.Cosine,
        };

    /// <inheritdoc/>
    public override void Check(RunPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        CheckSteps(plan, plan.MembersPerHead, $"a cycle for each of {Count(plan.MembersPerHead, "member")}");
    }

    /// <inheritdoc/>
    public override double LearningRate(RunPlan plan, long step)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var phases = Phases.Equal(plan.TotalSteps, plan.MembersPerHead);
        var (cycle, inside) = phases.At(step);
        return plan.ScheduledRate(inside, phases.Length(cycle));
    }

    /// <inheritdoc/>
    public override bool KeepsAt(RunPlan plan, long step)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return Phases.Equal(plan.TotalSteps, plan.MembersPerHead).IsEnd(step);
    }

    /// <inheritdoc/>
    public override void Keep(HeadPass pass, long step, Measured? measured)
    {
        ArgumentNullException.ThrowIfNull(pass);
        var (cycle, _) = Phases.Equal(pass.Plan.TotalSteps, pass.Plan.MembersPerHead).At(step);
        Put(pass.Tensors, cycle);
        Finish(pass.Tensors, cycle);
    }

    /// <inheritdoc/>
    public override string Describe(EnsembleOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return $"one network, {Count(options.Members, "snapshot")} at the ends of cycles";
    }
}
