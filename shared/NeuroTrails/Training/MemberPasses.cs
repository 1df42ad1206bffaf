using NeuroTrails.Models;
using static TorchSharp.torch;

namespace NeuroTrails.Training;

/// <summary>The members that a head holds.</summary>
internal static class MemberPasses
{
    /// <summary>Class scores of each of a head's members, in evaluation mode. A head of several members draws for each which values dropout
    /// drops: from the run's seed, the head and the member's number alone, so that it is the same
    /// network for every sample, whenever it is asked.</summary>
    /// <param name="plan">The run's plan.</param>
    /// <param name="head">Which head.</param>
    /// <param name="tensors">What it holds.</param>
    /// <param name="activation">The backbone's output [B, …] on the head's device, in the run's arithmetic.</param>
    /// <returns>Logits [members of the head, B, C] in the masters' type, in the caller's dispose scope.</returns>
    public static Tensor Logits(RunPlan plan, OwnerId head, OwnerTensors tensors, Tensor activation)
    {
        return plan.MembersPerHead == 1
            ? Forward(new(false, plan.Arithmetic, tensors.Generator)).unsqueeze(0)
            : stack([.. Enumerable.Range(0, plan.MembersPerHead).Select(Member)]);

        Tensor Member(int member)
        {
            using var generator = new Generator((ulong)new OwnerId(member).Seed(head.Seed(plan.Options.Seed)), CPU);
            return Forward(new(false, plan.Arithmetic, generator) { SamplesDropout = true });
        }

        Tensor Forward(Pass pass) => plan.Head.Forward(activation, tensors.Root, pass).to_type(plan.MasterType);
    }
}
