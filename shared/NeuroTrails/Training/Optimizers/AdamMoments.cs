using NeuroTrails.Configuration;
using NeuroTrails.Execution;
using NeuroTrails.Models;
using static TorchSharp.torch;

namespace NeuroTrails.Training.Optimizers;

/// <summary>The two moments of <see cref="Adam"/> (Kingma &amp; Ba 2015),
/// operation by operation those of torch 1.13.</summary>
internal sealed class AdamMoments(TrainingOptions options)
{
    private const string First = "exp_avg";
    private const string Second = "exp_avg_sq";

    private readonly double _beta1 = options.Betas[0];
    private readonly double _beta2 = options.Betas[1];
    private readonly double _epsilon = options.Epsilon;

    /// <summary>Names of the moments.</summary>
    public static IReadOnlyList<string> Names { get; } = [First, Second];

    /// <summary>Moves a weight against the corrected mean of its gradients, in units of their corrected root mean square.</summary>
    /// <param name="parameter">The parameter; weight and moments are changed.</param>
    /// <param name="direction">The masked gradient, shape of the weight.</param>
    /// <param name="learningRate">Rate of this step.</param>
    /// <param name="step">This step, from 1.</param>
    public void Apply(Parameter parameter, Tensor direction, double learningRate, long step)
    {
        var mean = parameter.Moment(First).mul_(Scalars.Of(_beta1)).add_(direction, Scalars.Of(1 - _beta1));
        var square = parameter.Moment(Second).mul_(Scalars.Of(_beta2)).addcmul_(direction, direction, Scalars.Of(1 - _beta2));
        using var root = square.sqrt();
        root.div_(Scalars.Of(Math.Sqrt(1 - Math.Pow(_beta2, step)))).add_(Scalars.Of(_epsilon), Scalars.One);
        parameter.Value.addcdiv_(mean, root, Scalars.Of(-learningRate / (1 - Math.Pow(_beta1, step))));
    }
}
