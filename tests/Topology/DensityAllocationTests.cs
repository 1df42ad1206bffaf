using NeuroTrails.Configuration;
using NeuroTrails.Models;
using NeuroTrails.Topology;

namespace NeuroTrails.Tests.Topology;

public sealed class DensityAllocationTests
{
    [Fact]
    public void Totals_are_exact_and_every_layer_has_between_one_and_all_of_its_weights()
    {
        var random = new Random(1);
        for (var round = 0; round < 4000; round++)
        {
            var (layers, options) = Draw(random);
            var elements = layers.Sum(layer => layer.Count);
            var total = (long)Math.Round((decimal)options.Density * elements, MidpointRounding.AwayFromZero);
            if (total < layers.Length)
            {
                Assert.Throws<UserErrorException>(() => DensityAllocation.Allocate(layers, options));
                continue;
            }

            var budgets = DensityAllocation.Allocate(layers, options);
            Assert.Equal(layers, budgets.Select(budget => budget.Spec));
            Assert.Equal(total, budgets.Sum(budget => budget.Active));
            Assert.All(budgets, budget => Assert.InRange(budget.Active, 1, budget.Spec.Count));
        }
    }

    [Fact]
    public void Shares_agree_with_a_scale_found_by_bisection()
    {
        var random = new Random(2);
        for (var round = 0; round < 2000; round++)
        {
            var (layers, options) = Draw(random);
            var elements = layers.Sum(layer => layer.Count);
            if (options.Density * elements < 2 * layers.Length)
            {
                continue;
            }

            double low = 0,
                high = 1e12;
            for (var i = 0; i < 200; i++)
            {
                var middle = (low + high) / 2;
                var sum = layers.Sum(layer => Math.Min(1, middle * Score(layer, options.Distribution)) * layer.Count);
                (low, high) = sum < options.Density * elements ? (middle, high) : (low, middle);
            }

            // Rounding moves a count by less than 1; lifting an empty layer to 1 takes from the largest.
            foreach (var budget in DensityAllocation.Allocate(layers, options))
            {
                var share = Math.Min(1, high * Score(budget.Spec, options.Distribution)) * budget.Spec.Count;
                Assert.True(
                    Math.Abs(share - budget.Active)
                        < 1 + layers.Count(layer => Math.Min(1, high * Score(layer, options.Distribution)) * layer.Count < 1),
                    $"{share} {budget.Active}"
                );
            }
        }
    }

    [Fact]
    public void Same_layers_differ_by_at_most_one_and_the_earlier_has_more()
    {
        var random = new Random(3);
        for (var round = 0; round < 500; round++)
        {
            var layers = Enumerable.Range(0, 9).Select(i => Spec($"l{i}", [7, 11, 3, 3])).ToArray();
            var options = new TopologyOptions
            {
                Density = Math.Round((random.NextDouble() * 0.9) + 0.05, 4),
                Distribution = (DensityDistribution)random.Next(3),
            };
            var counts = DensityAllocation.Allocate(layers, options).Select(budget => budget.Active).ToArray();
            Assert.InRange(counts.Max() - counts.Min(), 0, 1);
            Assert.Equal(counts.OrderDescending(), counts);
        }
    }

    [Fact]
    public void Erk_by_hand()
    {
        // Scores 16/36 = 4/9 and 40/400 = 1/10 of [2,3,3,2]-like sums: sum(shape)/prod(shape) weighs each layer by the sum of its extents.
        TensorSpec[] layers = [Spec("a", [4, 3, 3, 6]), Spec("b", [20, 20])];
        var budgets = DensityAllocation.Allocate(layers, new() { Density = 0.1 });
        var total = (long)Math.Round(0.1 * (216 + 400), MidpointRounding.AwayFromZero);
        var a = 61.6 * 16 / (16 + 40);
        Assert.Equal(62, total);
        Assert.Equal((long)Math.Round(a), budgets[0].Active);
        Assert.Equal(total - budgets[0].Active, budgets[1].Active);
    }

    [Fact]
    public void Uniform_gives_every_layer_the_nominal_density()
    {
        TensorSpec[] layers = [Spec("a", [100, 10]), Spec("b", [10, 10]), Spec("c", [30, 10, 3, 3])];
        var budgets = DensityAllocation.Allocate(layers, new() { Density = 0.3, Distribution = DensityDistribution.Uniform });
        Assert.Equal([300L, 30L, 810L], budgets.Select(budget => budget.Active));
    }

    [Fact]
    public void Density_one_is_dense_whatever_the_rule()
    {
        TensorSpec[] layers = [Spec("a", [5, 5]), Spec("b", [3, 2], TensorRole.Classifier)];
        foreach (var distribution in Enum.GetValues<DensityDistribution>())
        {
            Assert.All(
                DensityAllocation.Allocate(
                    layers,
                    new()
                    {
                        Density = 1,
                        Distribution = distribution,
                        ClassifierDensity = 0.5,
                    }
                ),
                budget => Assert.True(budget.IsDense)
            );
        }
    }

    [Fact]
    public void Erk_plus_takes_the_classifier_out_of_the_budget()
    {
        var random = new Random(4);
        for (var round = 0; round < 1000; round++)
        {
            var layers = Enumerable
                .Range(0, random.Next(2, 8))
                .Select(i => Spec($"l{i}", [random.Next(20, 60), random.Next(20, 60), 3, 3]))
                .ToList();
            layers.Insert(random.Next(layers.Count), Spec("fc0", [10, 64], TensorRole.Classifier));
            layers.Add(Spec("fc1", [10, 64], TensorRole.Classifier));
            var options = new TopologyOptions
            {
                Density = random.Next(15, 60) / 100.0,
                Distribution = DensityDistribution.ErkPlus,
                ClassifierDensity = random.Next(1, 101) / 100.0,
            };
            var budgets = DensityAllocation.Allocate(layers, options);
            Assert.Equal(
                (long)Math.Round((decimal)options.Density * layers.Sum(layer => layer.Count), MidpointRounding.AwayFromZero),
                budgets.Sum(budget => budget.Active)
            );
            Assert.All(
                budgets.Where(budget => budget.Spec.Role == TensorRole.Classifier),
                budget =>
                    Assert.Equal((long)Math.Round((decimal)options.ClassifierDensity * 640, MidpointRounding.AwayFromZero), budget.Active)
            );
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-0.1)]
    [InlineData(1.5)]
    [InlineData(double.NaN)]
    public void Impossible_densities_name_the_option(double density)
    {
        var error = Assert.Throws<UserErrorException>(() => DensityAllocation.Allocate([Spec("a", [5, 5])], new() { Density = density }));
        Assert.Contains("topology.density", error.Message, StringComparison.Ordinal);
        Assert.Contains("above 0 and at most 1", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Too_small_a_density_says_how_small_it_may_be()
    {
        TensorSpec[] layers = [Spec("a", [100, 10]), Spec("b", [100, 10])];
        var error = Assert.Throws<UserErrorException>(() => DensityAllocation.Allocate(layers, new() { Density = 0.0001 }));
        Assert.Contains("topology.density to 0.001 or more", error.Message, StringComparison.Ordinal);
        Assert.Equal(2, DensityAllocation.Allocate(layers, new() { Density = 0.001 }).Sum(budget => budget.Active));
    }

    [Fact]
    public void A_classifier_larger_than_the_budget_is_an_error_whose_advice_works()
    {
        TensorSpec[] layers = [Spec("a", [10, 10]), Spec("fc", [100, 10], TensorRole.Classifier)];
        var options = new TopologyOptions { Density = 0.2, Distribution = DensityDistribution.ErkPlus };
        var error = Assert.Throws<UserErrorException>(() => DensityAllocation.Allocate(layers, options));
        Assert.Contains("topology.classifier_density", error.Message, StringComparison.Ordinal);
        Assert.Contains("between 0.91 and 1", error.Message, StringComparison.Ordinal);
        Assert.Equal([1L, 1000L], DensityAllocation.Allocate(layers, options with { Density = 0.91 }).Select(budget => budget.Active));
        Assert.Throws<UserErrorException>(() => DensityAllocation.Allocate(layers, options with { ClassifierDensity = 0.01 }));
    }

    private static (TensorSpec[] Layers, TopologyOptions Options) Draw(Random random)
    {
        var layers = Enumerable
            .Range(0, random.Next(1, 12))
            .Select(i =>
                Spec(
                    $"l{i}",
                    random.Next(3) switch
                    {
                        0 => [random.Next(1, 40), random.Next(1, 40)],
                        1 => [random.Next(1, 40), random.Next(1, 40), 1, 1],
                        _ => [random.Next(1, 40), random.Next(1, 40), 3, 3],
                    }
                )
            )
            .ToArray();
        return (layers, new() { Density = random.Next(1, 100) / 100.0, Distribution = (DensityDistribution)random.Next(3) });
    }

    private static double Score(TensorSpec layer, DensityDistribution distribution) =>
        distribution switch
        {
            DensityDistribution.Uniform => 1,
            DensityDistribution.Er => (double)(layer.Shape[0] + layer.Shape[1]) / (layer.Shape[0] * layer.Shape[1]),
            _ => (double)layer.Shape.Sum() / layer.Count,
        };

    private static TensorSpec Spec(string name, long[] shape, TensorRole role = TensorRole.Weight) =>
        new(name, shape, role, Initialiser.HeFanOut);
}
