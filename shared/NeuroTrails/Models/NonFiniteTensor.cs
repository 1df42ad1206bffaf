using TorchSharp;
using static TorchSharp.torch;

namespace NeuroTrails.Models;

/// <summary>A tensor that holds NaN or an infinity.</summary>
/// <param name="Name">Its full name.</param>
/// <param name="IsStatistic">Whether it is a running statistic and all weights and moments of its owner are finite.</param>
public sealed record NonFiniteTensor(string Name, bool IsStatistic)
{
    /// <summary>Looks through all that an owner holds: weights and moments first, then running statistics.</summary>
    /// <param name="tensors">What the owner holds.</param>
    /// <returns>The first one found; null where all values are finite.</returns>
    public static NonFiniteTensor? Find(OwnerTensors tensors)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        using var noGrad = no_grad();
        foreach (var parameter in tensors.Parameters)
        {
            if (!IsFinite(parameter.Value))
            {
                return new(parameter.Spec.Name, false);
            }

            foreach (var (moment, value) in parameter.Moments)
            {
                if (!IsFinite(value))
                {
                    return new($"{parameter.Spec.Name} ({moment})", false);
                }
            }
        }

        return tensors
            .Buffers.Where(buffer => !IsFinite(buffer.Value))
            .Select(buffer => new NonFiniteTensor(buffer.Spec.Name, true))
            .FirstOrDefault();
    }

    // A sum is one pass without a copy; only where it overflows the elements are looked at.
    private static bool IsFinite(Tensor value)
    {
        using var scope = NewDisposeScope();
        return double.IsFinite(value.sum().ToDouble()) || value.isfinite().all().ToBoolean();
    }
}
