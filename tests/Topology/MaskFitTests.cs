using NeuroTrails.Topology;
using static TorchSharp.torch;

namespace NeuroTrails.Tests.Topology;

public sealed class MaskFitTests
{
    [Fact]
    public void The_largest_stay_and_others_are_added_at_random()
    {
        var random = new Random(3);
        for (var trial = 0; trial < 500; trial++)
        {
            var count = random.Next(1, 40);
            bool[] before = [.. Enumerable.Range(0, count).Select(_ => random.Next(2) == 0)];
            float[] values = [.. before.Select(active => active ? (float)((random.NextDouble() * 2) - 1) : 0)];
            var wanted = random.Next(count + 1);
            using var generator = new Generator((ulong)trial, CPU);
            using var mask = tensor(before);
            using var weights = tensor(values);
            using var fitted = MaskFit.To(mask, weights, wanted, generator);
            var after = fitted.data<bool>().ToArray();
            Assert.Equal(wanted, after.Count(active => active));
            var kept = Enumerable.Range(0, count).Where(i => before[i] && after[i]).ToList();
            var lost = Enumerable.Range(0, count).Where(i => before[i] && !after[i]).ToList();
            var added = Enumerable.Range(0, count).Where(i => !before[i] && after[i]).ToList();
            Assert.True(lost.Count == 0 || added.Count == 0);
            Assert.All(lost, i => Assert.All(kept, j => Assert.True(Math.Abs(values[i]) <= Math.Abs(values[j]))));
        }
    }

    [Fact]
    public void What_is_added_depends_on_the_generator_alone_and_reaches_every_position()
    {
        using var mask = zeros(20, dtype: ScalarType.Bool);
        using var values = zeros(20);
        var seen = new HashSet<int>();
        for (ulong seed = 0; seed < 60; seed++)
        {
            var drawn = Draw(seed);
            Assert.Equal(drawn, Draw(seed));
            seen.UnionWith(drawn);
        }

        Assert.Equal(20, seen.Count);

        int[] Draw(ulong seed)
        {
            using var generator = new Generator(seed, CPU);
            using var fitted = MaskFit.To(mask, values, 5, generator);
            return [.. fitted.data<bool>().ToArray().Index().Where(one => one.Item).Select(one => one.Index)];
        }
    }
}
