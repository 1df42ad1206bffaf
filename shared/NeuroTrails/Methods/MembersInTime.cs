using NeuroTrails.Configuration;
using NeuroTrails.Models;
using NeuroTrails.Training;
using static TorchSharp.torch;

namespace NeuroTrails.Methods;

/// <summary>
/// What methods have in common whose members are one network at different times: a member that is finished is kept beside the network, and
/// those that are yet to come are, meanwhile, the network as it is now.
/// </summary>
public abstract class MembersInTime : OneOwner
{
    private const string Finished = "finished";

    /// <inheritdoc/>
    public override NetworkSize FinishedSize(RunPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return plan.Size.Copies(plan.MembersPerHead);
    }

    /// <inheritdoc/>
    public override int KeptNetworks(EnsembleOptions options) => MembersPerHead(options);

    /// <inheritdoc/>
    public override Tensor Infer(HeadPass pass, Tensor input_B)
    {
        ArgumentNullException.ThrowIfNull(pass);
        var (members, finished) = (pass.Plan.MembersPerHead, CountFinished(pass.Tensors));
        var now = finished == members ? null : pass.Forward(input_B, training: false);
        return stack([
            .. Enumerable
                .Range(0, members)
                .Select(member => member < finished ? pass.Forward(input_B, pass.Tensors.Kept[Key(member)].Root, training: false) : now!),
        ]);
    }

    /// <summary>Members that are finished.</summary>
    /// <param name="tensors">What the head holds.</param>
    protected static int CountFinished(OwnerTensors tensors)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        return (int)tensors.Remembered.GetValueOrDefault(Finished);
    }

    /// <summary>Keeps the network as it is now in a member's place, finished or not.</summary>
    /// <param name="tensors">What the head holds.</param>
    /// <param name="member">The member.</param>
    protected static void Put(OwnerTensors tensors, int member) => Put(tensors, Key(member), KeptNetwork.Of(tensors));

    /// <summary>Keeps a network under a name, in place of an older one.</summary>
    /// <param name="tensors">What the head holds.</param>
    /// <param name="key">The name.</param>
    /// <param name="network">The network.</param>
    protected static void Put(OwnerTensors tensors, string key, KeptNetwork network)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        Drop(tensors, key);
        tensors.Kept.Add(key, network);
    }

    /// <summary>Forgets a network that is kept under a name, where there is one.</summary>
    /// <param name="tensors">What the head holds.</param>
    /// <param name="key">The name.</param>
    protected static void Drop(OwnerTensors tensors, string key)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        if (tensors.Kept.Remove(key, out var before))
        {
            before.Dispose();
        }
    }

    /// <summary>Says that a member is finished, and all before it.</summary>
    /// <param name="tensors">What the head holds.</param>
    /// <param name="member">The member, whose network is kept.</param>
    protected static void Finish(OwnerTensors tensors, int member)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        tensors.Remembered[Finished] = member + 1;
    }

    /// <summary>Name under which a member is kept.</summary>
    /// <param name="member">The member.</param>
    protected static string Key(int member) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"member-{member}");

    /// <summary>Steps before members are made.</summary>
    /// <param name="plan">The run's plan.</param>
    /// <param name="share">Share of the steps where <c>ensemble.first_phase</c> does not say.</param>
    protected static long FirstPhase(RunPlan plan, double share)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return (long)Math.Round((plan.Options.Ensemble.FirstPhase ?? share) * plan.TotalSteps);
    }

    /// <summary>Refuses a run whose phases would have no step.</summary>
    /// <param name="plan">The run's plan.</param>
    /// <param name="atLeast">Steps that the method needs.</param>
    /// <param name="why">What for: <c>a cycle for each of 3 members</c>.</param>
    /// <exception cref="UserErrorException">The run is too short.</exception>
    protected void CheckSteps(RunPlan plan, long atLeast, string why)
    {
        ArgumentNullException.ThrowIfNull(plan);
        if (plan.TotalSteps < atLeast)
        {
            throw new UserErrorException(
                $"Method {Name} needs at least {atLeast} steps ({why}), and the run has {plan.TotalSteps}. Change training.epochs, "
                    + "training.steps or ensemble.members."
            );
        }
    }
}
