using NeuroTrails.Configuration;

namespace NeuroTrails.Topology;

/// <summary>How many weights an update drops and grows.</summary>
internal static class PruneCount
{
    /// <summary><c>ceil(rate · active)</c>, safe against binary dust.</summary>
    /// <param name="active">Active weights, at least 0.</param>
    /// <param name="rate">Share to drop, 0 to 1; below 0 counts as 0, above 1 as 1.</param>
    /// <param name="compatibility"><see cref="Compatibility.Official"/> takes the dust along, as the published code does.</param>
    /// <returns>0 to <paramref name="active"/>.</returns>
    /// <remarks>
    /// The product is taken in decimal, from the rate's first 15 significant digits: 0.07 of 100 is 7, where the product of doubles is
    /// 7.000000000000001 and would drop 8; and 0.12875000000000003, as a cosine computed step by step leaves it, is 0.12875.
    /// </remarks>
    public static long Of(long active, double rate, Compatibility compatibility = Compatibility.GoodPractice)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(active);
        if (double.IsNaN(rate))
        {
            throw new ArgumentOutOfRangeException(nameof(rate), rate, "The prune rate must be a number between 0 and 1.");
        }

        var share = Math.Clamp(rate, 0, 1);
        return compatibility == Compatibility.Official
            ? Math.Min(active, (long)Math.Ceiling(share * active))
            : (long)decimal.Ceiling((decimal)share * active);
    }
}
