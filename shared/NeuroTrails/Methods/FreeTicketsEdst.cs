using NeuroTrails.Configuration;
using NeuroTrails.Models;
using NeuroTrails.Topology;
using NeuroTrails.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace NeuroTrails.Methods;

/// <summary>
/// The EDST ensemble of FreeTickets (Liu et al. 2022, arXiv 2106.14568): one sparse network. It explores at the full learning rate, then
/// goes through M refinements, the first half of each at a tenth and the second at a hundredth of the rate. The measured network of each
/// refinement that classifies most of the validation split rightly is a ticket, a member; without a validation split it is the last.
/// Before each further refinement <c>ensemble.regrow</c> of the active weights are dropped and as many grown.
/// </summary>
/// <remarks>Masks go on moving in refinements, by the run's own schedule.</remarks>
public sealed class FreeTicketsEdst : MembersInTime
{
    private const string Best = "best";
    private const double DefaultExploration = 1.0 / 3;

    /// <inheritdoc/>
    public override string Name => "freetickets_edst";

    /// <inheritdoc/>
    public override IReadOnlyList<string> OwnSettings => ["ensemble.members", "ensemble.first_phase", "ensemble.regrow"];

    /// <inheritdoc/>
    public override bool OneIsSingle => false;

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, object?> Fixed { get; } =
        new Dictionary<string, object?> { ["ensemble.heads"] = 1, ["training.schedule"] = LearningRateScheduleKind.Constant };

    /// <inheritdoc/>
    public override bool ChoosesByValidation => true;

    /// <inheritdoc/>
    public override void Check(RunPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var (members, first) = (plan.MembersPerHead, Exploration(plan));
        if (plan.TotalSteps - first < 2L * members || first < 1)
        {
            throw new UserErrorException(
                $"Method {Name} explores for {first} of {plan.TotalSteps} steps, which leaves {plan.TotalSteps - first} for "
                    + $"{Count(members, "refinement")} of 2 or more each. Allowed: exploration of at least 1 step that leaves "
                    + $"{2 * members}. Change training.epochs, training.steps, ensemble.members or ensemble.first_phase."
            );
        }
    }

    /// <inheritdoc/>
    public override double LearningRate(RunPlan plan, long step)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var phases = PhasesOf(plan);
        var (phase, inside) = phases.At(step);
        var share =
            phase == 0 ? 1
            : inside * 2 <= phases.Length(phase) ? 0.1
            : 0.01;
        return share * plan.ScheduledRate(step, plan.TotalSteps);
    }

    /// <inheritdoc/>
    public override bool KeepsAt(RunPlan plan, long step)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return PhasesOf(plan).At(step).Phase > 0 && (PhasesOf(plan).IsEnd(step) || plan.IsMeasuredAnyway(step));
    }

    /// <inheritdoc/>
    public override void Keep(HeadPass pass, long step, Measured? measured)
    {
        ArgumentNullException.ThrowIfNull(pass);
        var (plan, tensors, phases) = (pass.Plan, pass.Tensors, PhasesOf(pass.Plan));
        var ticket = phases.At(step).Phase - 1;
        var accuracy = measured?.MemberAccuracy[ticket];
        if (accuracy is null || !tensors.Remembered.TryGetValue(Best, out var best) || accuracy > best)
        {
            Put(tensors, ticket);
            tensors.Remembered[Best] = accuracy ?? -1;
        }

        if (phases.IsEnd(step))
        {
            Finish(tensors, ticket);
            tensors.Remembered.Remove(Best);
            if (step < plan.TotalSteps)
            {
                Explore(plan, tensors, step);
            }
        }
    }

    /// <inheritdoc/>
    public override string Describe(EnsembleOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return $"one sparse network, {Count(options.Members, "ticket")} at the ends of refinements";
    }

    // By the gradients of the step just made, which are still there; at random where that was passed over because they are not finite.
    private static void Explore(RunPlan plan, OwnerTensors tensors, long step)
    {
        var rate = plan.TopologyRate(step) with { PruneRate = plan.Options.Ensemble.Regrow };
        var options = plan.Options.Topology;
        foreach (var parameter in tensors.Parameters.Where(parameter => parameter.Mask is not null))
        {
            using var scope = NewDisposeScope();
            var grow = options.Grow == GrowRule.Gradient && !IsFinite(parameter.Value.grad) ? GrowRule.Random : options.Grow;
            TopologyUpdater.Update(parameter, parameter.Value.grad, rate, options with { Grow = grow }, tensors.Generator);
            MaskInvariants.Check(parameter);
        }
    }

    private static bool IsFinite(Tensor? gradient) => gradient is not null && gradient.detach().isfinite().all().ToBoolean();

    private static long Exploration(RunPlan plan) => FirstPhase(plan, DefaultExploration);

    private static Phases PhasesOf(RunPlan plan) => Phases.After(Exploration(plan), plan.TotalSteps, plan.MembersPerHead);
}
