using NeuroTrails.Contracts;
using NeuroTrails.Grains;
using NeuroTrails.Topology;
using static TorchSharp.torch;

namespace NeuroTrails.Tests.Engine;

public sealed class MaskWatchTests
{
    private readonly MaskWatch _watch = new();

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(2048)]
    [InlineData(2049)]
    [InlineData(9 * 64 * 64)]
    public void A_sample_holds_the_share_that_the_mask_has_and_is_always_of_the_same_positions(long count)
    {
        using var mask = arange(count).remainder(3).eq(0);
        var sample = MaskSample.Of(mask);
        Assert.InRange(sample.Length * 8, Math.Min(count, 1024), MaskSample.Most + 7);
        Assert.Equal(sample, MaskSample.Of(mask));
        if (count > 100)
        {
            // A step that divided the size would see the same remainder again and again.
            var seen = (count + MaskSample.Stride(count) - 1) / MaskSample.Stride(count);
            Assert.InRange((double)MaskSample.Count(sample, sample) / seen, 0.30, 0.37);
        }
    }

    [Fact]
    public void Age_counts_from_the_update_that_a_connection_was_born_in()
    {
        Assert.Equal(0, Age(10, 0b0000_1111));
        Assert.Equal(10, Age(20, 0b0000_1111));
        Assert.Equal(20, Age(30, 0b0001_1111));
        Assert.Equal(10, Age(40, 0b1111_0011));
        _watch.Forget(25);
        Assert.Equal(25, Age(50, 0b0111_0001));
    }

    [Fact]
    public void Overlap_is_the_mean_over_pairs_and_the_backbone_has_no_part_in_it()
    {
        var seen = _watch.See(1, [Reply("backbone", 0xFF), Reply("head-0", 0b1111), Reply("head-1", 0b1111), Reply("head-2", 0b1111_0000)]);
        var overlap = Assert.Single(seen.Overlaps);
        Assert.Equal(("w", 1 / 3.0, 0.5), (overlap.Layer, overlap.Shared, overlap.Chance));
        Assert.Equal(4, seen.Layers.Count);
        Assert.Empty(_watch.See(2, [Reply("backbone", 1), Reply("head-0", 1)]).Overlaps);
    }

    private static TopologyReply Reply(string owner, byte sample) => new(new(1, 1), owner, 1, 1, 4, [new("w", 8, 4, 1, 1, [sample])]);

    private long Age(long step, byte sample) => _watch.See(step, [Reply("head-0", sample)]).Layers.Single().MedianAge;
}
