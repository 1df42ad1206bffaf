using static TorchSharp.torch;

namespace NeuroTrails.Models;

/// <summary>
/// A trained tensor with all that belongs to it. The tensors are allocated once and changed in place,
/// so whoever holds one (a block's forward function, an optimiser) always sees the current values.
/// </summary>
public sealed class Parameter : IDisposable
{
    private readonly SortedDictionary<string, Tensor> _moments = new(StringComparer.Ordinal);

    /// <summary>Takes ownership of a value.</summary>
    /// <param name="spec">What it is, with its full name.</param>
    /// <param name="value">A leaf that requires a gradient, detached from every dispose scope.</param>
    public Parameter(TensorSpec spec, Tensor value)
    {
        Spec = spec;
        Value = value;
        Active = spec.Count;
    }

    /// <summary>Name, shape and role.</summary>
    public TensorSpec Spec { get; }

    /// <summary>The values, in C order; exactly zero wherever <see cref="Mask"/> is false.</summary>
    public Tensor Value { get; }

    /// <summary>Active positions (bool, shape of <see cref="Value"/>), or null where the tensor is dense.</summary>
    public Tensor? Mask { get; private set; }

    /// <summary>Active positions; all of them where there is no mask. Kept on the host so that
    /// counting costs no device round trip.</summary>
    public long Active { get; private set; }

    /// <summary>The optimiser's state by name, each of the shape of <see cref="Value"/> and zero wherever it is masked.</summary>
    public IReadOnlyDictionary<string, Tensor> Moments => _moments;

    /// <summary>The unmasked moving average of dense gradients, kept only for <see cref="Configuration.GrowRule.Momentum"/>.</summary>
    public Tensor? GradientAverage { get; set; }

    /// <summary>Sets or replaces the mask; the old one is disposed.</summary>
    /// <param name="mask">Bool, shape and device of <see cref="Value"/>, detached from every dispose scope.</param>
    /// <param name="active">Number of true positions in it.</param>
    public void SetMask(Tensor mask, long active)
    {
        if (!ReferenceEquals(mask, Mask))
        {
            Mask?.Dispose();
        }

        Mask = mask;
        Active = active;
    }

    /// <summary>Declares the tensor dense.</summary>
    public void ClearMask()
    {
        Mask?.Dispose();
        Mask = null;
        Active = Spec.Count;
    }

    /// <summary>The moment of that name, made of zeros at its first use.</summary>
    /// <param name="name">Name of the moment, such as <c>momentum</c>.</param>
    public Tensor Moment(string name)
    {
        if (!_moments.TryGetValue(name, out var moment))
        {
            using var noGrad = no_grad();
            moment = zeros_like(Value, requires_grad: false).DetachFromDisposeScope();
            _moments.Add(name, moment);
        }

        return moment;
    }

    /// <summary>Begins anew with zero moments.</summary>
    public void ForgetMoments()
    {
        foreach (var moment in _moments.Values)
        {
            moment.Dispose();
        }

        _moments.Clear();
        GradientAverage?.Dispose();
        GradientAverage = null;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Value.Dispose();
        Mask?.Dispose();
        GradientAverage?.Dispose();
        foreach (var moment in _moments.Values)
        {
            moment.Dispose();
        }
    }
}
