using NeuroTrails.Configuration;
using NeuroTrails.Execution;
using NeuroTrails.Models;
using static TorchSharp.torch;

namespace NeuroTrails.Training.Optimizers;

/// <summary>
/// Adam. Weight decay is coupled, part of the gradient, as in <c>torch.optim.Adam</c>; or decoupled (Loshchilov &amp; Hutter 2019): the
/// weight shrinks by itself, as in <c>torch.optim.AdamW</c>.
/// </summary>
public sealed class Adam : IOptimizer
{
    private readonly AdamMoments _moments;
    private readonly double _weightDecay;
    private readonly bool _decoupled;

    /// <summary>Takes the decay rates of the moments, ε and the weight decay from the options.</summary>
    /// <param name="options">Options of the run.</param>
    /// <param name="decoupled">Whether weight decay is decoupled.</param>
    public Adam(TrainingOptions options, bool decoupled)
    {
        ArgumentNullException.ThrowIfNull(options);
        _moments = new(options);
        (_weightDecay, _decoupled) = (options.WeightDecay, decoupled);
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> MomentNames => AdamMoments.Names;

    /// <inheritdoc/>
    public void Step(IReadOnlyList<Parameter> parameters, double learningRate, double gradientScale, long step)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        using var noGrad = no_grad();
        foreach (var parameter in parameters)
        {
            using var gradient = parameter.Value.grad;
            if (gradient is null)
            {
                continue;
            }

            using var direction = MaskedGradient.Of(parameter, gradient, gradientScale, _decoupled ? 0 : _weightDecay);
            if (_decoupled && parameter.Spec.Decays)
            {
                parameter.Value.mul_(Scalars.Of(1 - (learningRate * _weightDecay)));
            }

            _moments.Apply(parameter, direction, learningRate, step);
        }
    }
}
