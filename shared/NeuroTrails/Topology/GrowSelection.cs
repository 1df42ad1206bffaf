using NeuroTrails.Configuration;
using NeuroTrails.Models;
using static TorchSharp.torch;

namespace NeuroTrails.Topology;

/// <summary>Which inactive positions an update grows.</summary>
internal static class GrowSelection
{
    /// <summary>Size by which positions are ranked, or null where they are drawn by chance.</summary>
    /// <param name="parameter">The tensor that grows.</param>
    /// <param name="denseGradient">This step's gradient, unclipped and without weight decay, or null where the rule needs none.</param>
    /// <param name="rule">The rule.</param>
    /// <returns>[N], not negative, finite.</returns>
    /// <exception cref="ArithmeticException">A gradient is not finite.</exception>
    public static Tensor? Scores(Parameter parameter, Tensor? denseGradient, GrowRule rule)
    {
        if (rule == GrowRule.Random)
        {
            return null;
        }

        var name = parameter.Spec.Name;
        var source = rule switch
        {
            GrowRule.Gradient => denseGradient
                ?? throw new ArgumentNullException(nameof(denseGradient), $"{name} has no gradient; topology.grow: gradient needs one."),
            GrowRule.Momentum => parameter.GradientAverage
                ?? throw new InvalidOperationException(
                    $"{name} has no gradient average; topology.grow: momentum needs an optimiser that keeps one."
                ),
            _ => throw new ArgumentOutOfRangeException(nameof(rule), rule, "Unknown grow rule."),
        };
        var scores = source.detach().abs().flatten();
        var largest = scores.max().to(ScalarType.Float64).item<double>();
        return double.IsFinite(largest)
            ? scores
            : throw new ArithmeticException(
                $"The gradient of {name} holds a value that is not finite ({largest}); masks cannot grow by it."
            );
    }

    /// <summary>Exactly k candidates.</summary>
    /// <param name="scores">[N], not negative; null to draw by chance. Overwritten.</param>
    /// <param name="candidates">[N] bool: the inactive positions.</param>
    /// <param name="count">Number of candidates.</param>
    /// <param name="k">How many to grow, at most <paramref name="count"/>.</param>
    /// <param name="generator">The owner's CPU generator; used only without scores.</param>
    /// <returns>[N] bool.</returns>
    public static Tensor Of(Tensor? scores, Tensor candidates, long count, long k, Generator generator) =>
        scores is null ? RandomSubset.Of(candidates, count, k, generator) : KSelection.Highest(scores.mul_(candidates), candidates, k);
}
