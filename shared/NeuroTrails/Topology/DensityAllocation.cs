using System.Globalization;
using NeuroTrails.Configuration;
using NeuroTrails.Models;

namespace NeuroTrails.Topology;

/// <summary>Distributes one density over the masked tensors of backbone and heads together.</summary>
/// <remarks>
/// The total is exact: <c>round(density · N)</c>, halves up. Layers get real shares by the rule, then whole numbers by largest remainder,
/// equal remainders in the order given; every layer keeps at least one weight.
/// </remarks>
internal static class DensityAllocation
{
    // All masked tensors in a fixed order: the backbone's, then head by head.
    public static IReadOnlyList<LayerBudget> Allocate(IReadOnlyList<TensorSpec> maskable, TopologyOptions options)
    {
        RequireShare(options.Density, "topology.density");
        if (maskable.Count == 0)
        {
            return [];
        }

        var elements = maskable.Sum(spec => spec.Count);
        var total = Rounded(options.Density, elements);
        if (total == elements)
        {
            return [.. maskable.Select(spec => new LayerBudget(spec, spec.Count))];
        }

        if (total < maskable.Count)
        {
            throw new UserErrorException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"topology.density is {options.Density}, which leaves {total} active weights for {maskable.Count} tensors of "
                        + $"{elements} weights. Each needs at least one: set topology.density to {Up(maskable.Count, elements)} or more."
                )
            );
        }

        return options.Distribution == DensityDistribution.ErkPlus
            ? WithClassifier(maskable, options, total)
            : Share(maskable, options.Distribution, options.Density * elements, total);
    }

    private static List<LayerBudget> WithClassifier(IReadOnlyList<TensorSpec> maskable, TopologyOptions options, long total)
    {
        RequireShare(options.ClassifierDensity, "topology.classifier_density");
        var own = maskable.Where(IsClassifier).Sum(Own);
        var rest = maskable.Where(spec => !IsClassifier(spec)).ToArray();
        RequireRoom(maskable, options, total, total - own, rest);

        var shares = new Queue<LayerBudget>(Share(rest, DensityDistribution.ErkPlus, total - own, total - own));
        return [.. maskable.Select(spec => IsClassifier(spec) ? new LayerBudget(spec, Own(spec)) : shares.Dequeue())];

        long Own(TensorSpec spec) => Math.Max(1, Rounded(options.ClassifierDensity, spec.Count));
    }

    private static bool IsClassifier(TensorSpec spec) => spec.Role == TensorRole.Classifier;

    private static List<LayerBudget> Share(IReadOnlyList<TensorSpec> layers, DensityDistribution distribution, double budget, long total)
    {
        var counts = LargestRemainder.Round(DensityShares.Of(layers, distribution, budget), [.. layers.Select(spec => spec.Count)], total);
        return [.. layers.Zip(counts, (spec, active) => new LayerBudget(spec, active))];
    }

    private static void RequireRoom(IReadOnlyList<TensorSpec> maskable, TopologyOptions options, long total, long left, TensorSpec[] rest)
    {
        var capacity = rest.Sum(spec => spec.Count);
        if (left >= rest.Length && left <= capacity)
        {
            return;
        }

        var elements = maskable.Sum(spec => spec.Count);
        var low = Up(total - left + rest.Length, elements);
        var high = Math.Floor((total - left + capacity) * 1e6 / elements) / 1e6;
        throw new UserErrorException(
            string.Create(
                CultureInfo.InvariantCulture,
                $"topology.density {options.Density} gives {total} active weights, of which the classifier takes {total - left} at "
                    + $"topology.classifier_density {options.ClassifierDensity}; the {rest.Length} other tensors can hold {rest.Length} "
                    + $"to {capacity}. Set topology.density between {low} and {high}, or change topology.classifier_density."
            )
        );
    }

    private static void RequireShare(double value, string option)
    {
        if (!(value > 0 && value <= 1))
        {
            throw new UserErrorException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{option} is {value}; allowed is above 0 and at most 1 (1 trains dense). Change {option}."
                )
            );
        }
    }

    // Through decimal, so that 0.3 of 5 is the half that it is on paper, not the binary number below it.
    private static long Rounded(double share, long count) => (long)decimal.Round((decimal)share * count, MidpointRounding.AwayFromZero);

    private static double Up(long part, long whole) => Math.Ceiling(part * 1e6 / whole) / 1e6;
}
