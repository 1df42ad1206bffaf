using System.Globalization;
using NeuroTrails.Data;
using NeuroTrails.Methods;
using NeuroTrails.Training;

namespace NeuroTrails.Tests.Methods;

/// <summary>Masks of channels, and widths at equal FLOPs.</summary>
public sealed class WidthTests
{
    [Fact]
    public void Masks_of_Masksembles_share_as_much_as_their_scale_says()
    {
        var cases = 0;
        foreach (var channels in new[] { 1, 2, 3, 7, 16, 33, 64, 160 })
        {
            foreach (var members in new[] { 1, 2, 3, 4, 8 })
            {
                foreach (var scale in new[] { 1.0, 1.5, 2.0, 3.0, 6.0 })
                {
                    for (var seed = 0; seed < 10; seed++, cases++)
                    {
                        var random = new CounterRandom(seed, RandomStream.ChannelMask, position: cases);
                        var masks = Masksembles.DrawMasks(channels, members, scale, ref random);
                        Assert.Equal(members, masks.Length);
                        Assert.All(masks, mask => Assert.Equal(channels, mask.Length));
                        var kept = masks[0].Count(on => on);
                        Assert.All(masks, mask => Assert.Equal(kept, mask.Count(on => on)));
                        Assert.All(Enumerable.Range(0, channels), channel => Assert.Contains(masks, mask => mask[channel]));
                        if (scale == 1 || members == 1)
                        {
                            Assert.Equal(channels, kept);
                        }
                    }
                }
            }
        }

        Assert.Equal(2000, cases);

        // With 160 channels and scale 2, a third of what two members have is expected to be common: 1/(2·2 − 1) by intersection over union.
        var shared = new List<double>();
        for (var seed = 0; seed < 200; seed++)
        {
            var random = new CounterRandom(seed, RandomStream.ChannelMask);
            var masks = Masksembles.DrawMasks(160, 2, 2.0, ref random);
            var both = masks[0].Zip(masks[1]).Count(pair => pair.First && pair.Second);
            shared.Add((double)both / 160);
        }

        Assert.Equal(1.0 / 3, shared.Average(), 0.02);
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(0.25)]
    [InlineData(0.1)]
    public void SparseIft_costs_the_FLOPs_of_the_dense_network(double density)
    {
        RunPlan Plan(string method, string model, params string[] more) =>
            MethodOptions.Plan(
                MethodOptions.Of(method, model, change: reader => more.ToList().ForEach(assignment => reader.AddAssignment(assignment)))
            );
        var wide = Plan("sparse_ift", "wrn-16-4", $"topology.density={density}");
        var dense = Plan("single", "wrn-16-4");
        Assert.InRange((double)wide.InferenceFlops / dense.InferenceFlops, 0.95, 1.05);
        Assert.Equal((wide.InferenceFlops, dense.InferenceFlops), IsoFlops.Of(wide));
        Assert.Null(IsoFlops.Notice(dense));
        Assert.Contains(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{wide.InferenceFlops:N0} FLOPs a prediction, the dense network {dense.InferenceFlops:N0} ("
            ),
            IsoFlops.Notice(wide)!,
            StringComparison.Ordinal
        );

        // Layers that are widened on both sides, one by one.
        var widened = 0;
        foreach (var (spec, other) in wide.Head.Maskable.Zip(dense.Backbone.Maskable.Concat(dense.Head.Maskable)))
        {
            Assert.Equal(other.Name, spec.Name);
            if (spec.Shape[1] > other.Shape[1] && spec.Shape[0] > other.Shape[0])
            {
                widened++;
                Assert.Equal(1.0, (double)wide.Active(new(0), spec) / other.Count, 0.04);
            }
        }

        Assert.True(widened > 10);
        var both = Plan(
            "freetickets_dst",
            "wrn-16-4",
            "topology.iso_flops=true",
            "topology.distribution=uniform",
            $"topology.density={density}"
        );
        Assert.InRange((double)both.InferenceFlops / (3 * dense.InferenceFlops), 0.95, 1.05);
    }
}
