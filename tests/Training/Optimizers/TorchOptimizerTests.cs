using NeuroTrails.Configuration;
using NeuroTrails.Tests.Topology;
using NeuroTrails.Training.Optimizers;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace NeuroTrails.Tests.Training.Optimizers;

/// <summary>Our optimisers against <c>torch.optim</c>, dense and masked: masked weights start at zero and see no gradient, so the oracle
/// leaves them there.</summary>
public sealed class TorchOptimizerTests
{
    [Theory]
    [InlineData(OptimizerKind.Sgd)]
    [InlineData(OptimizerKind.Adam)]
    [InlineData(OptimizerKind.AdamW)]
    public void Twenty_steps_agree_to_the_last_places(OptimizerKind kind)
    {
        var random = new Random(51);
        for (var round = 0; round < 100; round++)
        {
            using var scope = NewDisposeScope();
            using var trial = Trial.Draw(random, ScalarType.Float64, false);
            using (no_grad())
            {
                trial.Parameter.Moment(Trial.MomentName).zero_();
            }

            var options = new TrainingOptions
            {
                Optimizer = kind,
                Momentum = round % 4 == 0 ? 0 : 0.9,
                Nesterov = round % 2 == 1,
                WeightDecay = round % 3 * 0.01,
                LearningRate = 0.05,
            };
            var ours = OptimizerFactory.Create(options, new());
            using var parameter = new Parameter(trial.Parameter.Value.detach().clone());
            using var theirs = Oracle(options, parameter);
            for (var step = 1; step <= 20; step++)
            {
                var gradient = trial.Gradient * Math.Sin(step);
                trial.Parameter.Value.grad = gradient;
                ours.Step([trial.Parameter], options.LearningRate, 1, step);
                parameter.grad = trial.Parameter.Mask is { } mask ? gradient * mask : gradient.clone();
                theirs.step();
                var expected = Trial.Host(parameter);
                var seen = Trial.Host(trial.Parameter.Value);
                for (var i = 0; i < seen.Length; i++)
                {
                    Assert.Equal(expected[i], seen[i], 1e-14 * Math.Max(1, Math.Abs(expected[i])) * step);
                }
            }
        }
    }

    private static optim.Optimizer Oracle(TrainingOptions options, Parameter parameter) =>
        options.Optimizer switch
        {
            OptimizerKind.Sgd => optim.SGD(
                [parameter],
                options.LearningRate,
                options.Momentum,
                0,
                options.WeightDecay,
                options.Nesterov && options.Momentum > 0
            ),
            OptimizerKind.Adam => optim.Adam([parameter], options.LearningRate, weight_decay: options.WeightDecay),
            _ => optim.AdamW([parameter], options.LearningRate, weight_decay: options.WeightDecay),
        };
}
