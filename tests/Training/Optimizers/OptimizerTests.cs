using NeuroTrails.Configuration;
using NeuroTrails.Tests.Topology;
using NeuroTrails.Training.Optimizers;
using static TorchSharp.torch;

namespace NeuroTrails.Tests.Training.Optimizers;

public sealed class OptimizerTests
{
    [Theory]
    [InlineData(ScalarType.Float64, 1e-13)]
    [InlineData(ScalarType.Float32, 2e-5)]
    public void Sgd_is_the_textbooks(ScalarType type, double tolerance)
    {
        var random = new Random(31);
        for (var round = 0; round < 300; round++)
        {
            var options = Draw(random) with
            {
                Optimizer = OptimizerKind.Sgd,
                Momentum = random.Next(3) == 0 ? 0 : 0.9,
                Nesterov = random.Next(2) == 0,
            };
            Compare(
                random,
                type,
                tolerance,
                options,
                (weight, gradient, state, rate, step) =>
                {
                    var direction = gradient + (options.WeightDecay * weight);
                    state[0] = step == 1 ? direction : (options.Momentum * state[0]) + direction;
                    return weight
                        - (
                            rate
                            * (
                                options.Momentum == 0 ? direction
                                : options.Nesterov ? direction + (options.Momentum * state[0])
                                : state[0]
                            )
                        );
                }
            );
        }
    }

    [Theory]
    [InlineData(OptimizerKind.Adam, ScalarType.Float64, 1e-12)]
    [InlineData(OptimizerKind.AdamW, ScalarType.Float64, 1e-12)]
    [InlineData(OptimizerKind.Adam, ScalarType.Float32, 2e-4)]
    [InlineData(OptimizerKind.AdamW, ScalarType.Float32, 2e-4)]
    public void Adam_and_AdamW_are_the_textbooks(OptimizerKind kind, ScalarType type, double tolerance)
    {
        var random = new Random(32);
        for (var round = 0; round < 300; round++)
        {
            var options = Draw(random) with
            {
                Optimizer = kind,
                Betas = [0.9, random.Next(2) == 0 ? 0.999 : 0.95],
                Epsilon = random.Next(2) == 0 ? 1e-8 : 1e-3,
            };
            Compare(
                random,
                type,
                tolerance,
                options,
                (weight, gradient, state, rate, step) =>
                {
                    var (b1, b2, decay) = (options.Betas[0], options.Betas[1], options.WeightDecay);
                    gradient += kind == OptimizerKind.Adam ? decay * weight : 0;
                    weight *= kind == OptimizerKind.AdamW ? 1 - (rate * decay) : 1;
                    state[0] = (b1 * state[0]) + ((1 - b1) * gradient);
                    state[1] = (b2 * state[1]) + ((1 - b2) * gradient * gradient);
                    var mean = state[0] / (1 - Math.Pow(b1, step));
                    var square = state[1] / (1 - Math.Pow(b2, step));
                    return weight - (rate * mean / (Math.Sqrt(square) + options.Epsilon));
                }
            );
        }
    }

    [Fact]
    public void Moments_are_named_and_zero_momentum_keeps_none()
    {
        Assert.Equal(["momentum"], new Sgd(new()).MomentNames);
        Assert.Empty(new Sgd(new() { Momentum = 0 }).MomentNames);
        Assert.Equal(["exp_avg", "exp_avg_sq"], new Adam(new(), decoupled: false).MomentNames);
        Assert.Equal(["exp_avg", "exp_avg_sq"], new Adam(new(), decoupled: true).MomentNames);
    }

    [Fact]
    public void Parameters_without_a_gradient_are_left_alone()
    {
        foreach (var kind in Enum.GetValues<OptimizerKind>())
        {
            using var scope = NewDisposeScope();
            using var trial = Trial.Of([3], [1, 2, 0], [true, true, false], new double[3]);
            OptimizerFactory.Create(new() { Optimizer = kind }, new()).Step([trial.Parameter], 0.1, 1, 1);
            Assert.Equal([1.0, 2, 0], Trial.Host(trial.Parameter.Value));
        }
    }

    [Fact]
    public void The_gradient_average_is_dense_unscaled_and_kept_only_for_growth_by_momentum()
    {
        using var scope = NewDisposeScope();
        using var trial = Trial.Of([4], [1, 2, 0, 0], [true, true, false, false], [1, -2, 3, -4]);
        trial.Parameter.Value.grad = trial.Gradient;
        OptimizerFactory.Create(new(), new()).Step([trial.Parameter], 0.1, 1, 1);
        Assert.Null(trial.Parameter.GradientAverage);
        var optimizer = OptimizerFactory.Create(new(), new() { Grow = GrowRule.Momentum, GradientDecay = 0.75 });
        optimizer.Step([trial.Parameter], 0.1, 0.001, 1);
        optimizer.Step([trial.Parameter], 0.1, 0.001, 2);
        Assert.Equal([0.4375, -0.875, 1.3125, -1.75], Trial.Host(trial.Parameter.GradientAverage!));
        Assert.Equal(["momentum"], optimizer.MomentNames);
    }

    [Fact]
    public void A_hundred_steps_leave_no_tensors_behind()
    {
        using var trial = Trial.Draw(new Random(33), ScalarType.Float32, false);
        trial.Parameter.Value.grad = trial.Gradient;
        foreach (var kind in Enum.GetValues<OptimizerKind>())
        {
            var optimizer = OptimizerFactory.Create(new() { Optimizer = kind }, new() { Grow = GrowRule.Momentum });
            optimizer.Step([trial.Parameter], 0.1, 0.5, 1);
            using var scope = NewDisposeScope();
            for (var step = 1; step <= 100; step++)
            {
                optimizer.Step([trial.Parameter], 0.1, 0.5, step);
            }

            Assert.Equal(0, scope.DisposablesCount);
        }
    }

    private static TrainingOptions Draw(Random random) =>
        new() { WeightDecay = random.Next(3) == 0 ? 0 : random.NextDouble() * 0.1, LearningRate = 0.01 + (random.NextDouble() * 0.1) };

    private static void Compare(
        Random random,
        ScalarType type,
        double tolerance,
        TrainingOptions options,
        Func<double, double, double[], double, long, double> expected
    )
    {
        using var scope = NewDisposeScope();
        using var trial = Trial.Draw(random, type, false);
        using (no_grad())
        {
            trial.Parameter.Moment(Trial.MomentName).zero_();
        }

        var optimizer = OptimizerFactory.Create(options, new());
        var weights = trial.Weights.ToArray();
        var states = weights.Select(_ => new double[2]).ToArray();
        for (var step = 1; step <= 5; step++)
        {
            var scale = random.Next(2) == 0 ? 1 : random.NextDouble();
            var rate = options.LearningRate / step;
            var gradient = step * trial.Gradient;
            trial.Parameter.Value.grad = gradient;
            var before = Trial.Host(gradient);
            optimizer.Step([trial.Parameter], rate, scale, step);
            Assert.Equal(before, Trial.Host(trial.Parameter.Value.grad!));
            var after = Trial.Host(trial.Parameter.Value);
            for (var i = 0; i < weights.Length; i++)
            {
                weights[i] = trial.Mask[i] ? expected(weights[i], before[i] * scale, states[i], rate, step) : 0;
                Assert.Equal(weights[i], after[i], tolerance * Math.Max(1, Math.Abs(weights[i])));
            }

            AssertMaskedBits(trial, optimizer);
        }
    }

    // Bit patterns, because −0 would pass for 0 and would not come back from a checkpoint of non-zeros.
    private static void AssertMaskedBits(Trial trial, IOptimizer optimizer)
    {
        foreach (
            var values in optimizer
                .MomentNames.Select(name => trial.Parameter.Moments[name])
                .Append(trial.Parameter.Value)
                .Select(Trial.Host)
        )
        {
            for (var i = 0; i < values.Length; i++)
            {
                Assert.True(trial.Mask[i] || BitConverter.DoubleToInt64Bits(values[i]) == 0);
            }
        }
    }
}
