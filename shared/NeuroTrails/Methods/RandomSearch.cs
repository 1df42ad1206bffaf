using NeuroTrails.Configuration;
using NeuroTrails.Models;
using NeuroTrails.Training;

namespace NeuroTrails.Methods;

/// <summary>
/// The best of <c>ensemble.candidates</c> sparse networks with random weights and masks of the same densities: each is trained for a short
/// while, the one with the least negative log-likelihood on the validation split is trained on, its mask as it is. The learning rate
/// is that of one run of the winner alone.
/// </summary>
public sealed class RandomSearch : MembersInTime
{
    private const string Best = "best";
    private const string Candidate = "candidate";
    private const double DefaultSearch = 0.2;

    /// <inheritdoc/>
    public override string Name => "random_search";

    /// <inheritdoc/>
    public override IReadOnlyList<string> OwnSettings => ["ensemble.candidates", "ensemble.first_phase"];

    /// <inheritdoc/>
    public override bool OneIsSingle => false;

    /// <inheritdoc/>
    public override bool ChoosesByValidation => true;

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, object?> Fixed { get; } =
        new Dictionary<string, object?> { ["ensemble.heads"] = 1, ["topology.drop"] = DropRule.None };

    /// <inheritdoc/>
    public override int MembersPerHead(EnsembleOptions options) => 1;

    /// <inheritdoc/>
    public override void Check(RunPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var candidates = plan.Options.Ensemble.Candidates;
        if (plan.Data.ValidationSamples == 0)
        {
            throw new UserErrorException(
                $"Method {Name} chooses a mask by the validation split, and the data have none. Allowed: a part of the training samples "
                    + "held out. Change data.validation."
            );
        }

        if (Short(plan) < 1)
        {
            throw new UserErrorException(
                $"Method {Name} tries {candidates} candidates in the first part of {plan.TotalSteps} steps, which gives them no step each. "
                    + "Change ensemble.candidates, ensemble.first_phase, training.epochs or training.steps."
            );
        }
    }

    /// <inheritdoc/>
    public override double LearningRate(RunPlan plan, long step)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var before = Short(plan) * (plan.Options.Ensemble.Candidates - 1);
        return plan.ScheduledRate(step - Math.Min(before, (step - 1) / Short(plan) * Short(plan)), plan.TotalSteps - before);
    }

    /// <inheritdoc/>
    public override bool KeepsAt(RunPlan plan, long step)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return step % Short(plan) == 0 && step / Short(plan) <= plan.Options.Ensemble.Candidates;
    }

    /// <inheritdoc/>
    public override void Keep(HeadPass pass, long step, Measured? measured)
    {
        ArgumentNullException.ThrowIfNull(pass);
        var (plan, tensors) = (pass.Plan, pass.Tensors);
        var tried = (int)(step / Short(plan));
        var nll = measured?.Nll ?? throw new InvalidOperationException("A candidate was not measured.");
        if (!tensors.Remembered.TryGetValue(Best, out var best) || nll < best)
        {
            Put(tensors, Candidate, KeptNetwork.Of(tensors));
            tensors.Remembered[Best] = nll;
        }

        if (tried < plan.Options.Ensemble.Candidates)
        {
            var seed = new OwnerId(tried).Seed(pass.Head.Seed(plan.Options.Seed));
            using var fresh = OwnerTensors.Initialise(plan.Head, seed, tensors.Device, tensors.Type);
            plan.DrawMasks(fresh, pass.Head);
            using var next = KeptNetwork.Of(fresh);
            next.Restore(tensors);
        }
        else
        {
            tensors.Kept[Candidate].Restore(tensors);
            Drop(tensors, Candidate);
            tensors.Remembered.Remove(Best);
        }
    }

    /// <inheritdoc/>
    public override string Describe(EnsembleOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return $"one sparse network, the best of {Count(options.Candidates, "random mask")}";
    }

    // Steps of each candidate.
    private static long Short(RunPlan plan) =>
        (long)((plan.Options.Ensemble.FirstPhase ?? DefaultSearch) * plan.TotalSteps / plan.Options.Ensemble.Candidates);
}
