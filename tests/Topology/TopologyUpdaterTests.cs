using NeuroTrails.Configuration;
using NeuroTrails.Topology;
using static TorchSharp.torch;

namespace NeuroTrails.Tests.Topology;

public sealed class TopologyUpdaterTests
{
    [Theory]
    [InlineData(ScalarType.Float64, true)]
    [InlineData(ScalarType.Float64, false)]
    [InlineData(ScalarType.Float32, true)]
    [InlineData(ScalarType.Float32, false)]
    public void Masks_weights_and_moments_are_those_of_plain_loops(ScalarType type, bool coarse)
    {
        var random = new Random(11);
        using var generator = new Generator(1, CPU);
        for (var round = 0; round < 700; round++)
        {
            using var scope = NewDisposeScope();
            using var trial = Trial.Draw(random, type, coarse);
            var rate = random.Next(6) switch
            {
                0 => 0,
                1 => 1,
                _ => random.NextDouble(),
            };
            var options = new TopologyOptions { Drop = random.Next(2) == 0 ? DropRule.Magnitude : DropRule.Set };
            var counts = TopologyUpdater.Update(trial.Parameter, trial.Gradient, new(rate, 3), options, generator);

            var (mask, dropped) = Expected(trial, rate, options.Drop);
            Assert.Equal(new TopologyCounts(dropped, dropped, trial.Active), counts);
            AssertState(trial, mask);
        }
    }

    [Theory]
    [InlineData(DropRule.Magnitude)]
    [InlineData(DropRule.SoftMagnitude)]
    [InlineData(DropRule.Set)]
    public void Counts_are_exact_whatever_the_rules(DropRule drop)
    {
        var random = new Random(12);
        using var generator = new Generator(1, CPU);
        foreach (var grow in Enum.GetValues<GrowRule>())
        {
            for (var round = 0; round < 250; round++)
            {
                using var scope = NewDisposeScope();
                using var trial = Trial.Draw(random, random.Next(2) == 0 ? ScalarType.Float32 : ScalarType.Float64, random.Next(2) == 0);
                trial.Parameter.GradientAverage = trial.Gradient.clone().DetachFromDisposeScope();
                var counts = TopologyUpdater.Update(
                    trial.Parameter,
                    trial.Gradient,
                    new(random.NextDouble(), 1 + (random.NextDouble() * 4)),
                    new() { Drop = drop, Grow = grow },
                    generator
                );
                Assert.Equal(trial.Active, counts.Active);
                AssertState(trial, trial.CurrentMask());
                MaskInvariants.Check(trial.Parameter);
            }
        }
    }

    [Fact]
    public void All_zero_weights_and_gradients_go_by_index()
    {
        using var scope = NewDisposeScope();
        using var trial = Trial.Of([8], new double[8], [false, true, true, false, true, true, false, false], new double[8]);
        using var generator = new Generator(1, CPU);
        TopologyUpdater.Update(trial.Parameter, trial.Gradient, new(0.5, 3), new(), generator);

        // Drops 1 and 2; of the then inactive 0, 1, 2, 3, 6, 7 the first two come: 0 is new, 1 comes back with its moment.
        Assert.Equal([true, true, false, false, true, true, false, false], trial.CurrentMask());
        Assert.Equal([0.0, 7, 0, 0, 7, 7, 0, 0], Trial.Host(trial.Parameter.Moments[Trial.MomentName]));
    }

    [Fact]
    public void A_dropped_position_that_grows_again_keeps_value_and_moment()
    {
        using var scope = NewDisposeScope();
        using var trial = Trial.Of([2, 3], [1, -2, 0, 3, 0, -0.5], [true, true, false, true, false, true], [0, 0, 1, 0, 2, 9]);
        using var generator = new Generator(1, CPU);
        Assert.Equal(new TopologyCounts(2, 2, 4), TopologyUpdater.Update(trial.Parameter, trial.Gradient, new(0.5, 3), new(), generator));
        Assert.Equal([false, true, false, true, true, true], trial.CurrentMask());
        Assert.Equal([0.0, -2, 0, 3, 0, -0.5], Trial.Host(trial.Parameter.Value));
        Assert.Equal([0.0, 7, 0, 7, 0, 7], Trial.Host(trial.Parameter.Moments[Trial.MomentName]));
    }

    [Fact]
    public void Momentum_growth_follows_the_average_and_not_this_steps_gradient()
    {
        using var scope = NewDisposeScope();
        using var trial = Trial.Of([4], [1, 2, 0, 0], [true, true, false, false], [0, 0, 5, 1]);
        using var generator = new Generator(1, CPU);
        var options = new TopologyOptions { Grow = GrowRule.Momentum };
        Assert.Throws<InvalidOperationException>(() =>
            TopologyUpdater.Update(trial.Parameter, trial.Gradient, new(0.5, 3), options, generator)
        );
        trial.Parameter.GradientAverage = tensor(new double[] { 0, 0, 1, -5 }).DetachFromDisposeScope();
        TopologyUpdater.Update(trial.Parameter, trial.Gradient, new(0.5, 3), options, generator);
        Assert.Equal([false, true, false, true], trial.CurrentMask());
        Assert.Equal([0.0, 0, 1, -5], Trial.Host(trial.Parameter.GradientAverage));
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_gradient_that_is_not_finite_changes_nothing(double bad)
    {
        using var scope = NewDisposeScope();
        using var trial = Trial.Of([4], [1, 2, 0, 0], [true, true, false, false], [0, bad, 5, 1]);
        using var generator = new Generator(1, CPU);
        var error = Assert.Throws<ArithmeticException>(() =>
            TopologyUpdater.Update(trial.Parameter, trial.Gradient, new(0.5, 3), new(), generator)
        );
        Assert.Contains("block.conv.weight", error.Message, StringComparison.Ordinal);
        AssertState(trial, trial.Mask);
    }

    [Fact]
    public void Weights_that_live_outside_the_mask_are_refused()
    {
        using var scope = NewDisposeScope();
        using var trial = Trial.Of([6], [1, 2, 0, 0, 0, 0], [true, true, false, false, false, false], [0, 0, 5, 1, 2, 3]);
        using var generator = new Generator(1, CPU);
        using (no_grad())
        {
            trial.Parameter.Value.copy_(tensor(new double[] { 1, 2, 3, 4, 5, 6 }));
        }

        Assert.Throws<TopologyInvariantException>(() =>
            TopologyUpdater.Update(trial.Parameter, trial.Gradient, new(0.5, 3), new(), generator)
        );
        Assert.Equal(trial.Mask, trial.CurrentMask());
    }

    [Fact]
    public void Dense_tensors_and_the_rule_none_are_left_alone()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(1, CPU);
        using var dense = Trial.Of([3], [1, 2, 3], [true, true, true], [1, 1, 1]);
        Assert.Null(dense.Parameter.Mask);
        Assert.Equal(new TopologyCounts(0, 0, 3), TopologyUpdater.Update(dense.Parameter, dense.Gradient, new(0.5, 3), new(), generator));
        AssertState(dense, dense.Mask);
        using var still = Trial.Of([3], [1, 2, 0], [true, true, false], [1, 1, 1]);
        Assert.Equal(
            new TopologyCounts(0, 0, 2),
            TopologyUpdater.Update(still.Parameter, still.Gradient, new(0.5, 3), new() { Drop = DropRule.None }, generator)
        );
        AssertState(still, still.Mask);
    }

    private static void AssertState(Trial trial, bool[] mask)
    {
        Assert.Equal(mask, trial.CurrentMask());
        var weights = Trial.Host(trial.Parameter.Value);
        var moments = Trial.Host(trial.Parameter.Moments[Trial.MomentName]);
        for (var i = 0; i < mask.Length; i++)
        {
            var kept = mask[i] && trial.Mask[i];
            Assert.Equal(kept ? trial.Weights[i] : 0, weights[i]);
            Assert.Equal(kept ? trial.Moment[i] : 0, moments[i]);
            Assert.False(!kept && (double.IsNegative(weights[i]) || double.IsNegative(moments[i])), "a masked zero is negative");
        }
    }

    private static (bool[] Mask, long Dropped) Expected(Trial trial, double rate, DropRule rule)
    {
        var indices = Enumerable.Range(0, trial.Mask.Length).ToArray();
        var active = indices.Where(i => trial.Mask[i]).ToArray();
        var k = active.Length == trial.Mask.Length ? 0 : (int)Math.Ceiling(rate * active.Length);
        var dropped =
            rule == DropRule.Magnitude
                ? [.. active.OrderBy(i => Math.Abs(trial.Weights[i])).ThenBy(i => i).Take(k)]
                : DropSigned(trial.Weights, active, k);
        var mask = trial.Mask.ToArray();
        foreach (var i in dropped)
        {
            mask[i] = false;
        }

        foreach (
            var i in indices.Where(i => !mask[i]).OrderByDescending(i => Math.Abs(trial.GradientValues[i])).ThenBy(i => i).Take(k).ToArray()
        )
        {
            mask[i] = true;
        }

        return (mask, k);
    }

    private static int[] DropSigned(double[] weights, int[] active, int k)
    {
        var positive = active.Where(i => weights[i] >= 0).OrderBy(i => weights[i]).ThenBy(i => i).ToList();
        var negative = active.Where(i => weights[i] < 0).OrderByDescending(i => weights[i]).ThenBy(i => i).ToList();
        int fromPositive = 0,
            fromNegative = 0;
        while (fromPositive + fromNegative < k)
        {
            var wantsPositive = fromPositive <= fromNegative;
            if ((wantsPositive && fromPositive < positive.Count) || fromNegative == negative.Count)
            {
                fromPositive++;
            }
            else
            {
                fromNegative++;
            }
        }

        return [.. positive.Take(fromPositive), .. negative.Take(fromNegative)];
    }
}
