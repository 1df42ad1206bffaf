using NeuroTrails.Configuration;
using NeuroTrails.Execution;
using NeuroTrails.Models;
using static TorchSharp.torch;

namespace NeuroTrails.Training.Optimizers;

/// <summary>Stochastic gradient descent with momentum and coupled weight decay, operation by operation that of
/// <c>torch.optim.SGD</c>.</summary>
public sealed class Sgd : IOptimizer
{
    private const string Momentum = "momentum";

    private readonly double _momentum;
    private readonly bool _nesterov;
    private readonly double _weightDecay;

    /// <summary>Takes momentum, its form and the weight decay from the options.</summary>
    /// <param name="options">Options of the run.</param>
    public Sgd(TrainingOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _momentum = options.Momentum;
        _nesterov = options.Nesterov;
        _weightDecay = options.WeightDecay;
        MomentNames = _momentum == 0 ? [] : [Momentum];
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> MomentNames { get; }

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
                Step(parameter, gradient, learningRate, gradientScale);
            }
        }
    }

    private void Step(Parameter parameter, Tensor gradient, double learningRate, double gradientScale)
    {
        using var direction = MaskedGradient.Of(parameter, gradient, gradientScale, _weightDecay);
        var descent = direction;
        if (_momentum != 0)
        {
            // Torch starts its buffer with the first gradient; momentum times zero plus that gradient is the same.
            var buffer = parameter.Moment(Momentum).mul_(Scalars.Of(_momentum)).add_(direction, Scalars.One);
            descent = _nesterov ? direction.add_(buffer, Scalars.Of(_momentum)) : buffer;
        }

        parameter.Value.add_(descent, Scalars.Of(-learningRate));
    }
}
