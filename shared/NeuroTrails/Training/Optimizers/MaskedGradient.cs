using NeuroTrails.Execution;
using NeuroTrails.Models;
using static TorchSharp.torch;

namespace NeuroTrails.Training.Optimizers;

/// <summary>What an optimiser follows: the gradient, scaled, with coupled weight decay, zero wherever masked.</summary>
internal static class MaskedGradient
{
    /// <summary><c>(scale · gradient + decay · weight) · mask</c> in a new tensor.</summary>
    /// <remarks>
    /// Masking here, once, instead of weight and every moment afterwards: with a zero gradient all of them stay the zeros they are.
    /// (A −0 of the product turns +0 when it is added to a moment or a weight that is +0.)
    /// </remarks>
    /// <param name="parameter">The parameter.</param>
    /// <param name="gradient">Its gradient; not touched.</param>
    /// <param name="scale">Factor on the gradient.</param>
    /// <param name="weightDecay">Factor on the weight; 0 where decay is decoupled.</param>
    public static Tensor Of(Parameter parameter, Tensor gradient, double scale, double weightDecay)
    {
        weightDecay = parameter.Spec.Decays ? weightDecay : 0;
        Tensor result;
        if (scale != 1)
        {
            result = gradient.mul(Scalars.Of(scale));
            if (weightDecay != 0)
            {
                result.add_(parameter.Value, Scalars.Of(weightDecay));
            }
        }
        else if (weightDecay != 0)
        {
            result = gradient.add(parameter.Value, Scalars.Of(weightDecay));
        }
        else
        {
            return parameter.Mask is null ? gradient.clone() : gradient.mul(parameter.Mask);
        }

        return parameter.Mask is null ? result : result.mul_(parameter.Mask);
    }
}
