using NeuroTrails.Models;

namespace NeuroTrails.Training;

/// <summary>
/// Refuses runs in which a batch norm would see one value a channel: its variance is then undefined, and the running one becomes NaN
/// without any loss showing it.
/// </summary>
internal static class NormCheck
{
    /// <summary>Checks every norm of a plan.</summary>
    /// <param name="plan">Network, cut and batches.</param>
    /// <exception cref="UserErrorException">A norm would see one value a channel.</exception>
    public static void Check(RunPlan plan)
    {
        if (plan.MicroBatch > 1)
        {
            return;
        }

        var norms = Norms(plan.Backbone)
            .Select(norm => $"{norm} of the backbone")
            .Concat(Norms(plan.Head).Select(norm => $"{norm} of each head"))
            .ToList();
        if (norms.Count > 0)
        {
            var training = plan.Options.Training;
            var parts = training.MicroBatches == 1 ? string.Empty : $" in {training.MicroBatches} micro-batches";
            throw new UserErrorException(
                $"{norms[0]}{(norms.Count == 1 ? string.Empty : $" (and {norms.Count - 1} more)")} would see one value per channel in "
                    + $"training: samples of shape {plan.Data.Sample.Features} "
                    + $"leave maps of 1×1 there, and a batch of {training.Batch}{parts} has one sample at a time. Allowed are at least 2 "
                    + "samples. "
                    + "Change training.batch or training.micro_batches, or take larger images or another model.name (mlp has no norms)."
            );
        }
    }

    // Every norm has one running variance.
    private static IEnumerable<string> Norms(NetworkPart part) =>
        part
            .Tensors.Where(spec =>
                spec is { Role: TensorRole.Buffer, Uses: 1 } && spec.Name.EndsWith("running_var", StringComparison.Ordinal)
            )
            .Select(spec => $"The batch norm `{spec.Name[..spec.Name.LastIndexOf('.')]}`");
}
