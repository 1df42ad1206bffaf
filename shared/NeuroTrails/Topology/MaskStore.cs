using NeuroTrails.Configuration;
using NeuroTrails.Execution;
using NeuroTrails.Models;
using static TorchSharp.torch;

namespace NeuroTrails.Topology;

/// <summary>Puts masks onto parameters and keeps what they mask at zero.</summary>
internal static class MaskStore
{
    // A dense budget draws nothing and leaves the parameter without a mask.
    public static void Draw(Parameter parameter, LayerBudget budget, Compatibility compatibility, Generator generator)
    {
        if (budget.IsDense)
        {
            parameter.ClearMask();
            return;
        }

        using var mask =
            compatibility == Compatibility.Official
                ? MaskFactory.DrawEach(budget.Spec.Shape, budget.Density, generator)
                : MaskFactory.Draw(budget.Spec.Shape, budget.Active, generator);
        Set(parameter, mask);
    }

    // Weights and moments outside it become zero; all true makes the parameter dense, without a mask. Copied.
    public static void Set(Parameter parameter, Tensor mask)
    {
        if (mask.dtype != ScalarType.Bool || !mask.shape.SequenceEqual(parameter.Spec.Shape))
        {
            throw new ArgumentException(
                $"The mask of {parameter.Spec.Name} is {mask.dtype} [{string.Join(", ", mask.shape)}]; it must be Bool "
                    + $"[{string.Join(", ", parameter.Spec.Shape)}].",
                nameof(mask)
            );
        }

        using var count = mask.sum();
        var active = count.item<long>();
        if (active == parameter.Spec.Count)
        {
            parameter.ClearMask();
            return;
        }

        using (NewDisposeScope())
        {
            parameter.SetMask(mask.to(parameter.Value.device).contiguous().clone().DetachFromDisposeScope(), active);
        }

        Enforce(parameter);
    }

    public static void Enforce(Parameter parameter)
    {
        if (parameter.Mask is null)
        {
            return;
        }

        using var noGrad = no_grad();
        using var inactive = parameter.Mask.logical_not();
        parameter.Value.masked_fill_(inactive, Scalars.Zero);
        foreach (var moment in parameter.Moments.Values)
        {
            moment.masked_fill_(inactive, Scalars.Zero);
        }
    }
}
