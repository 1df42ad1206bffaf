using static TorchSharp.torch;

namespace NeuroTrails.Models;

/// <summary>A copy of an owner's weights, masks and running statistics at some moment.</summary>
public sealed class KeptNetwork : IDisposable
{
    private readonly SortedDictionary<string, Tensor> _values = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, Tensor> _masks = new(StringComparer.Ordinal);

    private KeptNetwork() { }

    /// <summary>Weights and running statistics by their names.</summary>
    public IReadOnlyDictionary<string, Tensor> Values => _values;

    /// <summary>Masks (bool) of the weights that have one, by the weights' names.</summary>
    public IReadOnlyDictionary<string, Tensor> Masks => _masks;

    /// <summary>The values by place, for a forward pass.</summary>
    public TensorNode Root { get; } = new();

    /// <summary>Copies what an owner holds now.</summary>
    /// <param name="tensors">What the owner holds.</param>
    public static KeptNetwork Of(OwnerTensors tensors)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        return Make(
            tensors,
            (_, value) => value.detach().clone(),
            name => tensors.Parameters.First(parameter => parameter.Spec.Name == name).Mask?.clone()
        );
    }

    /// <summary>Makes a network of the form of an owner's.</summary>
    /// <param name="tensors">What the owner holds.</param>
    /// <param name="value">Makes a tensor's values, given its declaration and its values now.</param>
    /// <param name="mask">Makes a weight's mask, by its name; null for none.</param>
    public static KeptNetwork Make(OwnerTensors tensors, Func<TensorSpec, Tensor, Tensor> value, Func<string, Tensor?>? mask = null)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        ArgumentNullException.ThrowIfNull(value);
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var kept = new KeptNetwork();
        foreach (var parameter in tensors.Parameters)
        {
            kept.Put(parameter.Spec.Name, value(parameter.Spec, parameter.Value));
            if (mask?.Invoke(parameter.Spec.Name) is { } made)
            {
                kept._masks.Add(parameter.Spec.Name, made.DetachFromDisposeScope());
            }
        }

        foreach (var (spec, buffer) in tensors.Buffers)
        {
            kept.Put(spec.Name, value(spec, buffer));
        }

        return kept;
    }

    /// <summary>Puts everything back into an owner, and forgets its moments.</summary>
    /// <param name="tensors">What the owner holds; of the same part of the same network.</param>
    public void Restore(OwnerTensors tensors)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        using var noGrad = no_grad();
        foreach (var parameter in tensors.Parameters)
        {
            parameter.Value.copy_(_values[parameter.Spec.Name]);
            parameter.ForgetMoments();
            if (_masks.TryGetValue(parameter.Spec.Name, out var mask))
            {
                using var count = mask.sum();
                parameter.SetMask(mask.clone().DetachFromDisposeScope(), count.item<long>());
            }
            else
            {
                parameter.ClearMask();
            }
        }

        foreach (var (spec, buffer) in tensors.Buffers)
        {
            buffer.copy_(_values[spec.Name]);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var tensor in _values.Values.Concat(_masks.Values))
        {
            tensor.Dispose();
        }
    }

    private void Put(string name, Tensor value)
    {
        _values.Add(name, value.DetachFromDisposeScope());
        Root.Put(name, value);
    }
}
