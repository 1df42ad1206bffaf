using NeuroTrails.Execution;
using NeuroTrails.Models;
using static TorchSharp.torch;

namespace NeuroTrails.Training.Optimizers;

/// <summary>An optimiser that also keeps the moving average of dense gradients that
/// <see cref="Configuration.GrowRule.Momentum"/> grows by.</summary>
/// <remarks>Unmasked, because the optimiser's own masked moments would only bring back what was
/// just dropped. Unscaled, and only for masked parameters.</remarks>
/// <param name="inner">The optimiser that makes the step.</param>
/// <param name="decay">Share of the average that a step keeps, 0 to below 1.</param>
public sealed class GradientAveraging(IOptimizer inner, double decay) : IOptimizer
{
    /// <inheritdoc/>
    public IReadOnlyList<string> MomentNames => inner.MomentNames;

    /// <inheritdoc/>
    public void Step(IReadOnlyList<Parameter> parameters, double learningRate, double gradientScale, long step)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        using (no_grad())
        {
            foreach (var parameter in parameters.Where(parameter => parameter.Mask is not null))
            {
                using var gradient = parameter.Value.grad;
                if (gradient is not null)
                {
                    parameter.GradientAverage ??= zeros_like(parameter.Value, requires_grad: false).DetachFromDisposeScope();
                    parameter.GradientAverage.mul_(Scalars.Of(decay)).add_(gradient, Scalars.Of(1 - decay));
                }
            }
        }

        inner.Step(parameters, learningRate, gradientScale, step);
    }
}
