using NeuroTrails.Models;

namespace NeuroTrails.Training.Optimizers;

/// <summary>Changes parameters by their gradients, in place, and keeps its state in the parameters' own moments.</summary>
/// <remarks>
/// Masks are built in: only active positions see the gradient and the weight decay, so weights and moments that are zero wherever masked
/// stay exactly zero. Gradients themselves are not touched: a topology update may still need them, dense.
/// </remarks>
public interface IOptimizer
{
    /// <summary>Names of the moments that the optimiser keeps in every parameter, in a fixed order.</summary>
    IReadOnlyList<string> MomentNames { get; }

    /// <summary>Makes one step. Parameters without a gradient are left alone.</summary>
    /// <param name="parameters">The owner's trained parameters.</param>
    /// <param name="learningRate">Rate of this step, at least 0.</param>
    /// <param name="gradientScale">Factor on every gradient, 1 without clipping. Weight decay is not scaled.</param>
    /// <param name="step">This step, from 1; bias corrections count from it.</param>
    void Step(IReadOnlyList<Parameter> parameters, double learningRate, double gradientScale, long step);
}
