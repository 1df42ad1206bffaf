using NeuroTrails.Configuration;
using NeuroTrails.Execution;
using NeuroTrails.Models;
using static TorchSharp.torch;

namespace NeuroTrails.Training.Optimizers;

/// <summary>Adam with decoupled weight decay (Loshchilov &amp; Hutter 2019): the weight shrinks by itself, as in
/// <c>torch.optim.AdamW</c>.</summary>
public sealed class AdamW : IOptimizer
{
    private readonly AdamMoments _moments;
    private readonly double _weightDecay;

    /// <summary>Takes the decay rates of the moments, ε and the weight decay from the options.</summary>
    /// <param name="options">Options of the run.</param>
    public AdamW(TrainingOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _moments = new(options);
        _weightDecay = options.WeightDecay;
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
            if (gradient is not null)
            {
                using var direction = MaskedGradient.Of(parameter, gradient, gradientScale, 0);
                parameter.Value.mul_(Scalars.Of(1 - (learningRate * _weightDecay)));
                _moments.Apply(parameter, direction, learningRate, step);
            }
        }
    }
}
