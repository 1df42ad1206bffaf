using NeuroTrails.Configuration;
using NeuroTrails.Training;

namespace NeuroTrails.Silo.Placement;

/// <summary>Sees to it, before a run begins, that its activations fit into messages between silos.</summary>
public static class MessageSize
{
    /// <summary>What a tensor in one message may have, in MiB: Orleans takes 100, headers and all.</summary>
    public const int LimitMib = 96;

    /// <summary>Refuses a run whose activation, or its gradient, would be larger.</summary>
    /// <param name="plan">The run's plan.</param>
    /// <exception cref="UserErrorException">It would; the message says how many samples fit.</exception>
    public static void Check(RunPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var bytesPerSample = plan.Backbone.Output.Elements * (plan.Options.Training.Precision switch { Precision.Float64 => 8, Precision.Bfloat16 => 2, _ => 4 });
        var fit = ((long)LimitMib << 20) / bytesPerSample;
        Check("training.batch", plan.Options.Training.Batch);
        Check("evaluation.batch", plan.Options.Evaluation.Batch);

        void Check(string option, long batch)
        {
            if (batch > fit)
            {
                throw new UserErrorException(
                    $"{option} is {batch}: the activation {plan.Backbone.Output} of so many samples has {batch * bytesPerSample >> 20} MiB, and a message between silos takes {LimitMib} MiB. Allowed here: 1 to {fit}. Change {option}, cut the network where it is narrower (ensemble.blocks_in_head), or put all owners on one silo (--place).");
            }
        }
    }
}
