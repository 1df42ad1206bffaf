using NeuroTrails.Execution;
using NeuroTrails.Models;
using static TorchSharp.torch;

namespace NeuroTrails.Topology;

/// <summary>What must hold of every parameter after every step and every update.</summary>
internal static class MaskInvariants
{
    // Checks the mask's count, zeros in weights and moments wherever masked, and that all values are finite.
    public static void Check(Parameter parameter)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var name = parameter.Spec.Name;
        var inactive = parameter.Mask?.logical_not();
        if (inactive is not null)
        {
            Require(parameter.Spec.Count - KSelection.Count(inactive), parameter.Active, name, "active positions in the mask");
        }

        Require(parameter.Active <= parameter.Spec.Count && parameter.Active >= 0 ? 0 : 1, 0, name, "active counts out of range");
        CheckValues(parameter.Value, inactive, name, "weights");
        foreach (var (moment, values) in parameter.Moments)
        {
            CheckValues(values, inactive, name, $"values of moment '{moment}'");
        }
    }

    private static void CheckValues(Tensor values, Tensor? inactive, string name, string what)
    {
        // One product tells all: 0 times what is not finite is not a number, 1 times a masked value is that value. Counts only once it is
        // known that there is a fault.
        var faults = inactive is null ? values.mul(Scalars.Zero) : values.mul(inactive);
        if (faults.abs_().sum().to(ScalarType.Float64).item<double>() == 0)
        {
            return;
        }

        Require(values.isfinite().logical_not_().sum().item<long>(), 0, name, $"{what} not finite");
        if (inactive is not null)
        {
            Require(values.ne(Scalars.Zero).logical_and_(inactive).sum().item<long>(), 0, name, $"masked {what} not zero");
        }
    }

    private static void Require(long seen, long expected, string name, string what)
    {
        if (seen != expected)
        {
            throw new TopologyInvariantException($"{name}: {seen} {what}, expected {expected}.");
        }
    }
}
