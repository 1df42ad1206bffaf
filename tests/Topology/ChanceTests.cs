using NeuroTrails.Configuration;
using NeuroTrails.Topology;
using static TorchSharp.torch;

namespace NeuroTrails.Tests.Topology;

/// <summary>Distributions of everything that is drawn: fixed seeds, chi-square against exact probabilities.</summary>
public sealed class ChanceTests
{
    // 99.99 % point of chi-square with 9 or fewer degrees of freedom: 33.7.
    private const double Limit = 33.7;

    private const int Draws = 4000;

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(0.5)]
    public void One_survivor_is_drawn_in_proportion_to_the_power_of_its_magnitude(double temperature)
    {
        double[] weights = [0.5, -1, 0, 1.5, 2, 0, -0.25];
        var survivals = Survivals(weights, 4.0 / 5, temperature);
        var powers = weights.Select(weight => Math.Pow(Math.Abs(weight), temperature)).ToArray();
        AssertFits(survivals, [.. powers.Select(power => power / powers.Sum())], Draws);
    }

    [Fact]
    public void Two_survivors_are_drawn_without_replacement()
    {
        double[] weights = [1, -2, 3, 0, 4];
        var survivals = Survivals(weights, 2.0 / 4, 2);
        var p = weights.Select(weight => weight * weight / 30).ToArray();
        var included = Enumerable
            .Range(0, 5)
            .Select(i => p[i] + Enumerable.Range(0, 5).Where(j => j != i).Sum(j => p[j] * p[i] / (1 - p[j])))
            .ToArray();
        AssertFits(survivals, [.. included.Select(probability => probability / 2)], 2 * Draws);
    }

    [Fact]
    public void Zeros_go_first_and_by_index_and_tiny_weights_do_not_underflow()
    {
        using var generator = new Generator(3, CPU);
        for (var round = 0; round < 50; round++)
        {
            using var scope = NewDisposeScope();
            using var trial = Trial.Of(
                [8],
                [0, 1e-300, 0, 1e-290, 0, 5, 0, 0],
                [true, true, true, true, true, true, false, false],
                [0, 0, 0, 0, 0, 0, 1, 2]
            );
            TopologyUpdater.Update(trial.Parameter, trial.Gradient, new(2.0 / 6, 3), new() { Drop = DropRule.SoftMagnitude }, generator);
            Assert.Equal([false, true, false, true, true, true, true, true], trial.CurrentMask());
        }
    }

    [Fact]
    public void A_high_temperature_is_magnitude()
    {
        var random = new Random(21);
        using var generator = new Generator(4, CPU);
        for (var round = 0; round < 300; round++)
        {
            using var scope = NewDisposeScope();
            var order = Enumerable.Range(1, 40).OrderBy(_ => random.Next()).Select(i => (double)i).ToArray();
            bool[] mask = [.. order.Select(_ => true), .. new bool[40]];
            double[] weights = [.. order, .. new double[40]];
            double[] gradient = [.. new double[40], .. order];
            using var soft = Trial.Of([80], weights, mask, gradient);
            using var hard = Trial.Of([80], weights, mask, gradient);
            TopologyUpdater.Update(soft.Parameter, soft.Gradient, new(0.3, 1e5), new() { Drop = DropRule.SoftMagnitude }, generator);
            TopologyUpdater.Update(hard.Parameter, hard.Gradient, new(0.3, 1), new(), generator);
            Assert.Equal(hard.CurrentMask(), soft.CurrentMask());
        }
    }

    [Fact]
    public void Random_growth_is_uniform_over_the_inactive_and_the_just_dropped()
    {
        double[] weights = [1, 0, 5, 0, 6, 0, 0, 0];
        var grown = new long[8];
        using var generator = new Generator(5, CPU);
        for (var draw = 0; draw < Draws; draw++)
        {
            using var scope = NewDisposeScope();
            using var trial = Trial.Of([8], weights, [.. weights.Select(weight => weight != 0)], new double[8]);
            TopologyUpdater.Update(trial.Parameter, null, new(0.2, 3), new() { Grow = GrowRule.Random }, generator);
            var mask = trial.CurrentMask();
            Assert.True(mask[2] && mask[4]);
            grown[
                Array.FindIndex(mask, 0, 8, active => active) is var first && first != 2 ? first
                : Array.FindLastIndex(mask, i => i) is var last && last != 4 ? last
                : 3
            ]++;
        }

        AssertFits(grown, [1.0 / 6, 1.0 / 6, 0, 1.0 / 6, 0, 1.0 / 6, 1.0 / 6, 1.0 / 6], Draws);
    }

    [Theory]
    [InlineData(40, 2)]
    [InlineData(40, 13)]
    [InlineData(40, 35)]
    public void Subsets_are_exact_within_the_candidates_and_favour_no_pair(int count, int k)
    {
        using var generator = new Generator(10, CPU);
        using var candidates = tensor(Enumerable.Range(0, 2 * count).Select(i => i % 2 == 1).ToArray());
        var together = new long[count / 4];
        for (var draw = 0; draw < Draws; draw++)
        {
            using var subset = RandomSubset.Of(candidates, count, k, generator);
            var values = subset.data<bool>().ToArray();
            Assert.Equal(k, Enumerable.Range(0, count).Count(i => values[(2 * i) + 1]));
            Assert.Equal(k, values.Count(value => value));
            for (var i = 0; i < together.Length; i++)
            {
                // Far and near pairs alike.
                together[i] += values[(2 * i) + 1] && values[(4 * i) + 1 + (i == 0 ? 2 : 0)] ? 1 : 0;
            }
        }

        var expected = Draws * (double)k * (k - 1) / (count * (count - 1));
        var spread = Math.Sqrt(expected * (1 - (expected / Draws)));
        Assert.All(together, seen => Assert.InRange(seen, expected - (4.5 * spread) - 1, expected + (4.5 * spread) + 1));
    }

    [Fact]
    public void The_same_generator_state_gives_the_same_update()
    {
        var options = new TopologyOptions { Drop = DropRule.SoftMagnitude, Grow = GrowRule.Random };
        bool[] Once(ulong seed)
        {
            using var scope = NewDisposeScope();
            double[] weights = [.. Enumerable.Range(1, 20).Select(i => (double)i), .. new double[20]];
            using var trial = Trial.Of([40], weights, [.. weights.Select(weight => weight != 0)], new double[40]);
            using var generator = new Generator(seed, CPU);
            TopologyUpdater.Update(trial.Parameter, null, new(0.5, 3), options, generator);
            return trial.CurrentMask();
        }

        Assert.Equal(Once(1), Once(1));
        Assert.Contains(Enumerable.Range(2, 20), seed => !Once((ulong)seed).SequenceEqual(Once(1)));
    }

    [Fact]
    public void Initial_masks_have_their_exact_count_and_favour_no_position()
    {
        using var generator = new Generator(6, CPU);
        var hits = new long[10];
        for (var draw = 0; draw < Draws; draw++)
        {
            using var mask = MaskFactory.Draw([5, 2], 3, generator);
            Assert.Equal([5, 2], mask.shape);
            var values = mask.data<bool>().ToArray();
            Assert.Equal(3, values.Count(active => active));
            for (var i = 0; i < 10; i++)
            {
                hits[i] += values[i] ? 1 : 0;
            }
        }

        AssertFits(hits, [.. Enumerable.Repeat(0.1, 10)], 3 * Draws);
    }

    [Fact]
    public void Masks_of_every_count_can_be_drawn()
    {
        using var generator = new Generator(7, CPU);
        for (var active = 0; active <= 60; active++)
        {
            using var mask = MaskFactory.Draw([5, 4, 3, 1], active, generator);
            Assert.Equal(active, mask.data<bool>().ToArray().Count(value => value));
        }

        Assert.Throws<ArgumentOutOfRangeException>(() => MaskFactory.Draw([2, 2], 5, generator));
    }

    [Fact]
    public void The_published_draw_gives_each_position_its_probability()
    {
        using var generator = new Generator(8, CPU);
        using var mask = MaskFactory.DrawEach([100, 400], 0.2, generator);
        var active = mask.data<bool>().ToArray().Count(value => value);
        Assert.InRange(active, 8000 - 320, 8000 + 320);
        Assert.NotEqual(8000, active);
    }

    private static long[] Survivals(double[] weights, double rate, double temperature)
    {
        var survivals = new long[weights.Length];
        using var generator = new Generator(2, CPU);
        for (var draw = 0; draw < Draws; draw++)
        {
            // One more position, inactive, with all the gradient: it takes one place, so that drops are seen by their zeroed weights.
            using var scope = NewDisposeScope();
            double[] all = [.. weights, .. new double[weights.Length]];
            bool[] mask = [.. weights.Select(weight => weight != 0), .. new bool[weights.Length]];
            double[] gradient = [.. new double[weights.Length], .. weights.Select(_ => 1.0)];
            using var trial = Trial.Of([all.Length], all, mask, gradient);
            TopologyUpdater.Update(
                trial.Parameter,
                trial.Gradient,
                new(rate, temperature),
                new() { Drop = DropRule.SoftMagnitude },
                generator
            );
            var after = Trial.Host(trial.Parameter.Value);
            for (var i = 0; i < weights.Length; i++)
            {
                survivals[i] += after[i] != 0 ? 1 : 0;
            }
        }

        return survivals;
    }

    private static void AssertFits(long[] seen, double[] probabilities, long draws)
    {
        Assert.Equal(draws, seen.Sum());
        var distance = 0.0;
        for (var i = 0; i < seen.Length; i++)
        {
            var expected = probabilities[i] * draws;
            Assert.True(expected > 0 || seen[i] == 0);
            distance += expected > 0 ? (seen[i] - expected) * (seen[i] - expected) / expected : 0;
        }

        Assert.True(distance < Limit, $"chi-square {distance}: {string.Join(' ', seen)}");
    }
}
