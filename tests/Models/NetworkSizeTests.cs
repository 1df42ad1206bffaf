using NeuroTrails.Configuration;
using NeuroTrails.Data;
using NeuroTrails.Models;
using NeuroTrails.Training;

namespace NeuroTrails.Tests.Models;

/// <summary>The sizes that ALGORITHMS.md prints, to the digits printed there.</summary>
public sealed class NetworkSizeTests
{
    private static readonly SampleShape Cifar = new(3, 32, 32);
    private static readonly SampleShape ImageNet = new(3, 224, 224);

    [Theory]
    [InlineData("wrn-28-10", 1, 12, 1.0, 36.54, 36.54, 5.24)]
    [InlineData("wrn-28-10", 3, 8, 1.0, 106.33, 106.33, 12.37)]
    [InlineData("wrn-28-10", 3, 8, 0.2, 106.33, 21.30, 3.58)]
    [InlineData("wrn-28-10", 3, 8, 0.1, 106.33, 10.68, 1.76)]
    public void Wide_resnets_have_the_published_sizes(
        string model,
        int heads,
        int blocksInHead,
        double density,
        double parameters,
        double active,
        double gigaMacs
    )
    {
        var size = Plan(model, heads, blocksInHead, density, Cifar, 100).Size;
        Assert.Equal(parameters, Math.Round(size.Parameters / 1e6, 2));

        // 21.305378 M is printed as 21.30: half a unit of the last digit, and a little rounding by whoever printed it.
        Assert.InRange(size.ActiveParameters / 1e6, active - 0.0055, active + 0.0055);
        Assert.Equal(gigaMacs, Math.Round(size.ActiveMacs / 1e9, 2));
    }

    [Theory]
    [InlineData(1, 16, 1.0, 25.56, 25.56, 4.09)]
    [InlineData(3, 10, 1.0, 74.34, 74.34, null)]
    [InlineData(3, 10, 0.3, 74.34, 22.40, 4.29)]
    public void Resnet50_has_the_published_sizes(
        int heads,
        int blocksInHead,
        double density,
        double parameters,
        double active,
        double? gigaMacs
    )
    {
        var size = Plan("resnet50", heads, blocksInHead, density, ImageNet, 1000).Size;
        Assert.Equal(parameters, Math.Round(size.Parameters / 1e6, 2));
        Assert.Equal(active, Math.Round(size.ActiveParameters / 1e6, 2));
        if (gigaMacs is { } expected)
        {
            Assert.Equal(expected, Math.Round(size.ActiveMacs / 1e9, 2));
        }
    }

    [Fact]
    public void Three_full_networks_cost_three_times_one()
    {
        var single = Plan("wrn-28-10", 1, 12, 1.0, Cifar, 100).Size;
        Assert.Equal(109.6, Math.Round(3 * single.Parameters / 1e6, 1));
        Assert.Equal(15.73, Math.Round(3 * single.Macs / 1e9, 2));
    }

    [Theory]
    [InlineData("wrn-10-1")]
    [InlineData("wrn-16-4")]
    [InlineData("resnet18")]
    [InlineData("resnet34")]
    [InlineData("mlp")]
    public void Every_cut_keeps_the_whole_network(string model)
    {
        var whole = new ModelCatalogue().Build(new ModelOptions { Name = model }, Cifar, 10);
        var (allBackbone, tail) = whole.Cut(0);
        var expected = allBackbone.Tensors.Concat(tail.Tensors).ToList();
        for (var blocks = 0; blocks <= whole.Blocks.Count; blocks++)
        {
            var (backbone, head) = whole.Cut(blocks);
            Assert.Equal(expected.Select(Describe), backbone.Tensors.Concat(head.Tensors).Select(Describe));
            Assert.Equal(new SampleShape(10), head.Output);
        }
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(4)]
    public void A_cut_outside_the_network_says_what_is_allowed(int blocks)
    {
        var network = new ModelCatalogue().Build(new ModelOptions { Name = "wrn-10-1" }, Cifar, 10);
        var error = Assert.Throws<UserErrorException>(() => network.Cut(blocks));
        Assert.Contains("0 to 3", error.Message, StringComparison.Ordinal);
        Assert.Contains("ensemble.blocks_in_head", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("wrn-11-1")]
    [InlineData("wrn-10-0")]
    [InlineData("wrn-10")]
    [InlineData("resnet19")]
    public void Unknown_models_are_named_with_the_known_ones(string model)
    {
        var error = Assert.Throws<UserErrorException>(() => new ModelCatalogue().Build(new ModelOptions { Name = model }, Cifar, 10));
        Assert.Contains(model, error.Message, StringComparison.Ordinal);
        Assert.Contains("resnet18", error.Message, StringComparison.Ordinal);
    }

    private static string Describe(TensorSpec spec) => $"{spec.Name} [{string.Join(",", spec.Shape)}] {spec.Role} {spec.Uses}";

    private static RunPlan Plan(string model, int heads, int blocksInHead, double density, SampleShape input, int classes) =>
        new(
            new RunOptions
            {
                Model = new() { Name = model },
                Ensemble = new() { Heads = heads, BlocksInHead = blocksInHead },
                Topology = new() { Density = density },
            },
            new(input, classes, 50_000),
            new ModelCatalogue()
        );
}
