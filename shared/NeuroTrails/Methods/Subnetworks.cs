using NeuroTrails.Configuration;
using NeuroTrails.Execution;
using NeuroTrails.Models;
using NeuroTrails.Topology;
using NeuroTrails.Training;
using static TorchSharp.torch;

namespace NeuroTrails.Methods;

/// <summary>
/// Subnetwork ensemble (Zhang, Gao and Sabuncu 2021, arXiv 2106.04767): a network is trained dense for a while; then the weights of each
/// layer but the classifier are divided into M disjoint masks, and each subnetwork is trained by itself from where the dense one was, with
/// its mask fixed and norms, biases and classifier of its own. The learning-rate schedule runs once in each of these M + 1 phases.
/// </summary>
public sealed class Subnetworks : MembersInTime
{
    private const string Dense = "dense";
    private const double DefaultDensePhase = 1.0 / 3;

    /// <inheritdoc/>
    public override string Name => "subnetworks";

    /// <inheritdoc/>
    public override IReadOnlyList<string> OwnSettings => ["ensemble.members", "ensemble.first_phase", "ensemble.partition"];

    /// <inheritdoc/>
    public override bool OneIsSingle => false;

    /// <inheritdoc/>
    public override void Check(RunPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var members = plan.MembersPerHead;
        if (Divided(plan).FirstOrDefault(spec => spec.Count < members) is { } small)
        {
            throw new UserErrorException(
                $"Method {Name} gives each of {members} members weights of its own, and {small.Name} has only {small.Count}. Allowed: 1 to "
                    + $"{small.Count}. Change ensemble.members."
            );
        }

        if (DensePhase(plan) < 1 || plan.TotalSteps - DensePhase(plan) < members)
        {
            throw new UserErrorException(
                $"Method {Name} trains the whole network for {DensePhase(plan)} of {plan.TotalSteps} steps, which leaves "
                    + $"{plan.TotalSteps - DensePhase(plan)} for {Count(members, "subnetwork")}. Allowed: at least 1 for each of them. "
                    + "Change training.epochs, training.steps, ensemble.members or ensemble.first_phase."
            );
        }
    }

    /// <inheritdoc/>
    public override NetworkSize FinishedSize(RunPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var members = Enumerable.Range(0, plan.MembersPerHead);
        var all = NetworkSize.Of(members.SelectMany(member => plan.Head.Parameters.Select(spec => (spec, ActiveOf(plan, spec, member)))));

        // What the members have in common counts once where everything is dense: the network, and each its own norms and classifier.
        return all with
        {
            Parameters = all.ActiveParameters,
            MaskedParameters = all.ActiveWeights,
        };
    }

    /// <inheritdoc/>
    public override long ActiveAfter(RunPlan plan, OwnerId owner, TensorSpec spec, long step)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var member = Member(plan, step);
        return owner.IsBackbone || member < 0 ? spec.Count : ActiveOf(plan, spec, member);
    }

    /// <inheritdoc/>
    public override double LearningRate(RunPlan plan, long step)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var phases = PhasesOf(plan);
        var (phase, inside) = phases.At(step);
        return plan.ScheduledRate(inside, phases.Length(phase));
    }

    /// <inheritdoc/>
    public override double TrainingMacs(RunPlan plan, long step)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var member = PhasesOf(plan).At(step).Phase - 1;
        return 3.0 * plan.Head.Parameters.Sum(spec => spec.Uses * (member < 0 ? spec.Count : ActiveOf(plan, spec, member)));
    }

    /// <inheritdoc/>
    public override bool KeepsAt(RunPlan plan, long step) => PhasesOf(plan).IsEnd(step);

    /// <inheritdoc/>
    public override void Keep(HeadPass pass, long step, Measured? measured)
    {
        ArgumentNullException.ThrowIfNull(pass);
        var (plan, tensors) = (pass.Plan, pass.Tensors);
        var phase = PhasesOf(plan).At(step).Phase;
        if (phase == 0)
        {
            Put(tensors, Dense, KeptNetwork.Of(tensors));
        }
        else
        {
            Put(tensors, phase - 1);
            Finish(tensors, phase - 1);
            tensors.Kept[Dense].Restore(tensors);
        }

        if (step == plan.TotalSteps)
        {
            Drop(tensors, Dense);
            return;
        }

        foreach (var parameter in tensors.Parameters.Where(parameter => IsDivided(parameter.Spec)))
        {
            parameter.ForgetMoments();
            using var scope = NewDisposeScope();
            using var noGrad = no_grad();
            var seed = new OwnerId(Index(plan, parameter.Spec)).Seed(plan.Options.Seed);
            using var generator = new Generator((ulong)seed, CPU);
            var members_N = Partition(parameter.Value.cpu(), plan.MembersPerHead, plan.Options.Ensemble.Partition, generator);
            MaskStore.Set(parameter, members_N.eq(Scalars.Of((long)phase)).view([.. parameter.Spec.Shape]));
        }
    }

    /// <inheritdoc/>
    public override string Describe(EnsembleOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return $"one network divided into {Count(options.Members, "disjoint subnetwork")}";
    }

    /// <summary>Divides weights among members.</summary>
    /// <param name="weights">The weights, on the CPU.</param>
    /// <param name="members">Members M, at most as many as there are weights.</param>
    /// <param name="rule">How.</param>
    /// <param name="generator">For <see cref="PartitionRule.Random"/>.</param>
    /// <returns>The member of each weight, int64 in C order; members' counts differ by at most 1, the first ones have more.</returns>
    public static Tensor Partition(Tensor weights, int members, PartitionRule rule, Generator generator)
    {
        ArgumentNullException.ThrowIfNull(weights);
        using var scope = NewDisposeScope();
        var count = weights.numel();
        var order =
            rule == PartitionRule.Random
                ? randperm(count, dtype: ScalarType.Int64, generator: generator)
                : weights.detach().flatten().abs().sort(0, descending: true, stable: true).Indices;
        var dealt = arange(Scalars.Of(count), dtype: ScalarType.Int64).remainder(Scalars.Of((long)members));
        var member_N = rule == PartitionRule.MagnitudeGreedy ? dealt.sort().Values : dealt;
        return zeros_like(member_N).scatter(0, order, member_N).MoveToOuterDisposeScope();
    }

    private static bool IsDivided(TensorSpec spec) => spec.Role == TensorRole.Weight;

    private static IEnumerable<TensorSpec> Divided(RunPlan plan) => plan.Head.Parameters.Where(IsDivided);

    private static int Index(RunPlan plan, TensorSpec spec) => Divided(plan).TakeWhile(other => other.Name != spec.Name).Count();

    private static long ActiveOf(RunPlan plan, TensorSpec spec, int member) =>
        IsDivided(spec) ? (spec.Count / plan.MembersPerHead) + (member < spec.Count % plan.MembersPerHead ? 1 : 0) : spec.Count;

    // Whose mask the network has after a step; below 0 where it has none.
    private static int Member(RunPlan plan, long step) => step == plan.TotalSteps ? -1 : PhasesOf(plan).At(step + 1).Phase - 1;

    private static long DensePhase(RunPlan plan) => FirstPhase(plan, DefaultDensePhase);

    private static Phases PhasesOf(RunPlan plan) => Phases.After(DensePhase(plan), plan.TotalSteps, plan.MembersPerHead);
}
