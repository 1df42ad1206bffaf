using NeuroTrails.Configuration;
using NeuroTrails.Models;

namespace NeuroTrails.Topology;

/// <summary>Real-valued shares of the budget by layer, before they are rounded.</summary>
/// <remarks>Source: Evci et al. 2020 (RigL), appendix on Erdős–Rényi–Kernel; Mocanu et al. 2018 (SET) for Erdős–Rényi.</remarks>
internal static class DensityShares
{
    // Active weights of each layer so that their sum is budget.
    public static double[] Of(IReadOnlyList<TensorSpec> layers, DensityDistribution distribution, double budget)
    {
        var scores = layers.Select(layer => Score(layer.Shape, distribution)).ToArray();
        var dense = new bool[layers.Count];
        while (true)
        {
            // density_l = scale · score_l, where the scale spends what the dense layers leave.
            double left = budget,
                weight = 0;
            for (var i = 0; i < layers.Count; i++)
            {
                left -= dense[i] ? layers[i].Count : 0;
                weight += dense[i] ? 0 : scores[i] * layers[i].Count;
            }

            // No layer that is over-full now can fit later: making others dense only raises the scale.
            var scale = weight > 0 ? left / weight : 0;
            var overfull = Enumerable.Range(0, layers.Count).Where(i => !dense[i] && scale * scores[i] > 1).ToArray();
            if (overfull.Length == 0)
            {
                return [.. layers.Select((layer, i) => dense[i] ? layer.Count : Math.Max(0, scale * scores[i] * layer.Count))];
            }

            foreach (var i in overfull)
            {
                dense[i] = true;
            }
        }
    }

    private static double Score(IReadOnlyList<long> shape, DensityDistribution distribution) =>
        distribution switch
        {
            DensityDistribution.Uniform => 1,
            DensityDistribution.Er when shape.Count >= 2 => (double)(shape[0] + shape[1]) / ((double)shape[0] * shape[1]),
            DensityDistribution.Er or DensityDistribution.Erk or DensityDistribution.ErkPlus => shape.Sum()
                / shape.Aggregate(1.0, (product, extent) => product * extent),
            _ => throw new ArgumentOutOfRangeException(nameof(distribution), distribution, "Unknown density distribution."),
        };
}
