using System.Globalization;
using NeuroTrails.Data;

namespace NeuroTrails.Training;

/// <summary>Tells bad data from diverged training, once a loss is not finite.</summary>
public static class BatchFault
{
    // Squares of larger values, summed over a batch, leave float32 behind.
    private const float Largest = 1e15f;

    /// <summary>What is wrong with the values of a batch.</summary>
    /// <param name="batch">The batch, normalised.</param>
    /// <returns>Half a sentence for a person; null where every value is finite and of a size to be computed with.</returns>
    public static string? Of(HostBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        var (bad, largest, seen) = (0, 0f, 0f);
        for (var sample = 0; sample < batch.Count && !batch.Shape.IsTokens; sample++)
        {
            var finite = true;
            foreach (var value in batch.Pixels.AsSpan(sample * batch.Shape.Length, batch.Shape.Length))
            {
                if (!float.IsFinite(value))
                {
                    (finite, seen) = (false, value);
                }
                else
                {
                    largest = Math.Max(largest, Math.Abs(value));
                }
            }

            bad += finite ? 0 : 1;
        }

        return bad > 0
                ? string.Create(
                    CultureInfo.InvariantCulture,
                    $"{bad} of the {batch.Count} samples in its batch {(bad == 1 ? "holds" : "hold")} values that are not finite (such as "
                        + $"{seen})"
                )
            : largest > Largest
                ? string.Create(
                    CultureInfo.InvariantCulture,
                    $"its batch holds values of up to {largest:G3} after normalising, too large to compute with"
                )
            : null;
    }
}
