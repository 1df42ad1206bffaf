using NeuroTrails.Configuration;
using NeuroTrails.Execution;
using NeuroTrails.Models;
using static TorchSharp.torch;

namespace NeuroTrails.Topology;

/// <summary>Puts masks onto parameters and keeps what they mask at zero.</summary>
public static class MaskStore
{
    /// <summary>Draws the first mask of a parameter and applies it.</summary>
    /// <param name="parameter">A fresh parameter.</param>
    /// <param name="budget">Its budget; a dense one leaves the parameter without a mask.</param>
    /// <param name="compatibility"><see cref="Compatibility.Official"/> draws position by position, about the budget's density.</param>
    /// <param name="generator">The owner's CPU generator. A dense budget draws nothing.</param>
    public static void Draw(Parameter parameter, LayerBudget budget, Compatibility compatibility, Generator generator)
    {
        ArgumentNullException.ThrowIfNull(parameter);
        ArgumentNullException.ThrowIfNull(budget);
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

    /// <summary>Sets a mask; weights and moments outside it become zero.</summary>
    /// <param name="parameter">Any parameter.</param>
    /// <param name="mask">Bool, shape of the parameter, any device; copied. All true makes the parameter dense, without a mask.</param>
    public static void Set(Parameter parameter, Tensor mask)
    {
        ArgumentNullException.ThrowIfNull(parameter);
        ArgumentNullException.ThrowIfNull(mask);
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

    /// <summary>Zeroes weights and moments wherever they are masked.</summary>
    /// <param name="parameter">Any parameter; a dense one is left alone.</param>
    public static void Enforce(Parameter parameter)
    {
        ArgumentNullException.ThrowIfNull(parameter);
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
