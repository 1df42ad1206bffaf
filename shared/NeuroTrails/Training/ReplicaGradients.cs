using NeuroTrails.Execution;
using NeuroTrails.Models;
using static TorchSharp.torch;

namespace NeuroTrails.Training;

/// <summary>The gradients and running statistics of one of several replicas of the backbone, as they travel between them.</summary>
/// <remarks>
/// Active positions of masked weights and all of the others, one after the other in the order of the parameters; every position where
/// <see cref="RunPlan.NeedsDenseGradients"/>. Masks are equal in all replicas, so positions need not be named.
/// </remarks>
public static class ReplicaGradients
{
    /// <summary>An owner's gradients as one vector; zeros where a parameter has none.</summary>
    /// <param name="tensors">What the owner holds.</param>
    /// <param name="dense">Whether masked positions are taken as well.</param>
    /// <returns>[N], in the masters' type, on the owner's device; owned by the caller.</returns>
    public static Tensor Gather(OwnerTensors tensors, bool dense)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        return Join(tensors.Parameters.Select(parameter => Gather(parameter, dense)), tensors);
    }

    /// <summary>Adds the other replicas' gradients to an owner's own, in their order, and leaves it with the sum.</summary>
    /// <param name="tensors">What the owner holds.</param>
    /// <param name="others">As <see cref="Gather(OwnerTensors, bool)"/> makes them; any device.</param>
    /// <param name="dense">Whether masked positions are in them.</param>
    /// <returns>The sum, as <see cref="Gather(OwnerTensors, bool)"/> makes it; owned by the caller.</returns>
    public static Tensor Combine(OwnerTensors tensors, IEnumerable<Tensor> others, bool dense)
    {
        ArgumentNullException.ThrowIfNull(others);
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var sum = others.Aggregate(Gather(tensors, dense), (total, other) => total.add_(other.to(tensors.Device), Scalars.One));
        Scatter(tensors, sum, dense);
        return sum.MoveToOuterDisposeScope();
    }

    /// <summary>Replaces an owner's gradients by those of a vector.</summary>
    /// <param name="tensors">What the owner holds.</param>
    /// <param name="vector">As <see cref="Gather(OwnerTensors, bool)"/> makes it; any device.</param>
    /// <param name="dense">Whether masked positions are in it.</param>
    /// <exception cref="ArgumentException">The vector has another length: it belongs to other masks.</exception>
    public static void Scatter(OwnerTensors tensors, Tensor vector, bool dense)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        ArgumentNullException.ThrowIfNull(vector);
        using var noGrad = no_grad();
        var expected = tensors.Parameters.Sum(parameter => Count(parameter, dense));
        if (vector.numel() != expected)
        {
            throw new ArgumentException($"The gradients of these masks are {expected} numbers; seen: {vector.numel()}.", nameof(vector));
        }

        using var scope = NewDisposeScope();
        var here = vector.to(tensors.Device);
        long at = 0;
        foreach (var parameter in tensors.Parameters)
        {
            var count = Count(parameter, dense);
            var values = here.narrow(0, at, count);
            long[] shape = [.. parameter.Spec.Shape];
            parameter.Value.grad =
                parameter.Mask is null || dense
                    ? values.reshape(shape).clone()
                    : zeros(shape, dtype: values.dtype, device: values.device).masked_scatter_(parameter.Mask, values);
            at += count;
        }
    }

    /// <summary>An owner's running statistics as one vector.</summary>
    /// <param name="tensors">What the owner holds.</param>
    /// <returns>[N], owned by the caller.</returns>
    public static Tensor GatherStatistics(OwnerTensors tensors)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        return Join(tensors.Buffers.Select(buffer => buffer.Value.reshape(-1)), tensors);
    }

    /// <summary>Replaces an owner's running statistics by those of a vector.</summary>
    /// <param name="tensors">What the owner holds.</param>
    /// <param name="vector">As <see cref="GatherStatistics"/> makes it; any device.</param>
    public static void ScatterStatistics(OwnerTensors tensors, Tensor vector)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        ArgumentNullException.ThrowIfNull(vector);
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var here = vector.to(tensors.Device);
        long at = 0;
        foreach (var (spec, value) in tensors.Buffers)
        {
            value.copy_(here.narrow(0, at, spec.Count).reshape([.. spec.Shape]));
            at += spec.Count;
        }
    }

    /// <summary>Numbers that <see cref="Gather(OwnerTensors, bool)"/> takes of a part of the
    /// network in a step that needs no dense gradients.</summary>
    /// <param name="plan">The run's plan.</param>
    public static long ActiveCount(RunPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return plan.Backbone.Parameters.Where(spec => !spec.Maskable).Sum(spec => spec.Count) + plan.MaskedActive(OwnerId.Backbone);
    }

    private static long Count(Parameter parameter, bool dense) => dense ? parameter.Spec.Count : parameter.Active;

    private static Tensor Gather(Parameter parameter, bool dense)
    {
        if (parameter.Value.grad is not { } gradient)
        {
            return zeros([Count(parameter, dense)], dtype: parameter.Value.dtype, device: parameter.Value.device);
        }

        return parameter.Mask is null || dense ? gradient.reshape(-1) : gradient.masked_select(parameter.Mask);
    }

    private static Tensor Join(IEnumerable<Tensor> parts, OwnerTensors tensors)
    {
        Tensor[] all = [.. parts];
        return (all.Length == 0 ? zeros([0], dtype: tensors.Type, device: tensors.Device) : cat(all)).MoveToOuterDisposeScope();
    }
}
