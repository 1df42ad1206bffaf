using System.Runtime.InteropServices;
using NeuroTrails.Formats;
using NeuroTrails.Topology;
using static TorchSharp.torch;

namespace NeuroTrails.Tests.Topology;

/// <summary>The masks of the reference run, as far as they can be followed without gradients; the whole run is matched in
/// <c>Parity</c>.</summary>
public sealed class RecordedMaskTests
{
    private const int Steps = 18;

    [Fact]
    public void Every_recorded_update_is_one_that_the_updater_makes()
    {
        using var file = Open();
        using var generator = new Generator(1, CPU);
        var masks = file.Tensors.Where(info => info.Name.StartsWith("mask/0/", StringComparison.Ordinal)).ToArray();
        Assert.NotEmpty(masks);
        foreach (var info in masks)
        {
            var name = info.Name["mask/0/".Length..];
            foreach (var step in new[] { 6, 12, 18 })
            {
                using var scope = NewDisposeScope();
                var before = Mask(file, step - 6, name);
                var after = Mask(file, step, name);
                var active = before.Count(value => value);
                Assert.Equal(active, after.Count(value => value));
                var rate = PruneRateSchedule.At(step, Steps, new());
                var k = active == before.Length ? 0 : PruneCount.Of(active, rate);

                // What left was dropped for sure; who was dropped and came back is not on record: the first of those that stayed.
                var left = Indices(before.Length, i => before[i] && !after[i]);
                Assert.InRange(left.Length, 0, k);
                var back = Indices(before.Length, i => before[i] && after[i])[..(int)(k - left.Length)];
                var weights = before.Select(value => value ? 1.0 : 0).ToArray();
                var gradient = before.Select((value, i) => after[i] && !value ? -1.0 : 0).ToArray();
                Array.ForEach(left, i => weights[i] = -0.5);
                Array.ForEach(back, i => (weights[i], gradient[i]) = (0.25, 2));

                using var trial = Trial.Of(info.Shape, weights, before, gradient);
                Assert.Equal(
                    new TopologyCounts(k, k, active),
                    TopologyUpdater.Update(trial.Parameter, trial.Gradient, new(rate, 3), new(), generator)
                );
                Assert.Equal(after, trial.CurrentMask());
            }
        }
    }

    [Fact]
    public void What_the_last_update_grew_is_still_zero_at_the_end()
    {
        using var file = Open();
        foreach (var info in file.Tensors.Where(info => info.Name.StartsWith("mask/18/", StringComparison.Ordinal)))
        {
            var name = info.Name["mask/18/".Length..];
            var before = Mask(file, 12, name);
            var after = Mask(file, 18, name);
            var weights = MemoryMarshal.Cast<byte, double>(file.Read("final/" + name).Data.Span).ToArray();
            for (var i = 0; i < after.Length; i++)
            {
                Assert.Equal(after[i] && before[i], weights[i] != 0);
            }
        }
    }

    private static bool[] Mask(SafetensorsFile file, int step, string name) =>
        MemoryMarshal.Cast<byte, bool>(file.Read($"mask/{step}/{name}").Data.Span).ToArray();

    private static int[] Indices(int count, Func<int, bool> where) => [.. Enumerable.Range(0, count).Where(where)];

    private static SafetensorsFile Open()
    {
        var path = Path.Combine(House.Repository.Root(), "..", "shared", "fixtures", "neurotrails-rigl-wrn10x1.safetensors");
        Assert.SkipUnless(File.Exists(path), $"The reference run is not at hand: {path}");
        return SafetensorsFile.Open(path);
    }
}
