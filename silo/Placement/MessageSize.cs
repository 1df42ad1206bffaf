using NeuroTrails.Configuration;
using NeuroTrails.Contracts.Wire;
using NeuroTrails.Training;
using TorchSharp;

namespace NeuroTrails.Silo.Placement;

/// <summary>Sees to it, before a run begins, that what will travel between silos fits into tensors that can.</summary>
internal static class MessageSize
{
    // What one tensor may have, in MiB: lengths are counted in 32 bits.
    public const int LimitMib = 2047;

    // Refuses a run whose activation, its gradient, or the gradients of whose backbone would be larger.
    public static void Check(RunPlan plan)
    {
        if (plan.Options.Execution.Share == Sharing.Gradients)
        {
            var mib = plan.Backbone.Parameters.Sum(spec => spec.Count) * Bytes(plan.MasterType) >> 20;
            if (mib > LimitMib)
            {
                throw new UserErrorException(
                    $"The gradients of the backbone are {mib} MiB, and a tensor between silos takes {LimitMib} MiB. Share activations "
                        + "instead (--share activations), cut the network earlier (ensemble.blocks_in_head), or put all owners on one "
                        + "silo (--place)."
                );
            }

            return;
        }

        var bytesPerSample = (long)plan.Backbone.Output.Length * Bytes(plan.HandOver);
        var fit = ((long)LimitMib << 20) / bytesPerSample;
        Check("training.batch", plan.MicroBatch, $" (the part of it that is one micro-batch: {plan.MicroBatch})", "training.micro_batches");
        Check("evaluation.batch", plan.Options.Evaluation.Batch, string.Empty, "evaluation.batch");

        void Check(string option, long batch, string part, string change)
        {
            if (batch > fit)
            {
                throw new UserErrorException(
                    $"{option}{part} is too large: the activation {plan.Backbone.Output.Features} of {batch} samples has "
                        + $"{batch * bytesPerSample >> 20} MiB, and a tensor between silos takes {LimitMib} MiB. Allowed here: 1 to {fit} "
                        + $"samples. Change {change}, cut the network where it is narrower (ensemble.blocks_in_head), or put all "
                        + "owners on one silo (--place)."
                );
            }
        }
    }

    public static int Bytes(torch.ScalarType type) => TensorHeader.ElementBytes((byte)type)!.Value;
}
