using System.Diagnostics;
using NeuroTrails.Configuration;
using NeuroTrails.Configuration.Settings;

namespace NeuroTrails.Tests.Configuration;

/// <summary>Every number among the settings has bounds on both sides, but for the seed, which is a label; what is beyond them is refused by
/// name, at once, and costs nothing.</summary>
public sealed class HugeValuesTests
{
    private static readonly string[] Monstrous =
    [
        "2147483647",
        "9223372036854775807",
        "99999999999999999999",
        "1e300",
        "-1e300",
        "-2147483648",
        "-1",
        ".nan",
        ".inf",
        "-.inf",
        "1e999",
    ];

    public static TheoryData<string> Numbers =>
        [.. SettingSchema.Root.Leaves.Where(leaf => leaf.Kind is SettingKind.Whole or SettingKind.Real).Select(leaf => leaf.Path)];

    public static TheoryData<string> Lists => [.. SettingSchema.Root.Leaves.Where(leaf => leaf.IsList).Select(leaf => leaf.Path)];

    [Theory]
    [MemberData(nameof(Numbers))]
    public void A_number_is_bounded_on_both_sides(string path)
    {
        var allowed = SettingSchema.ByPath[path].Allowed;
        Assert.False(double.IsNaN(allowed.AtLeast) && double.IsNaN(allowed.Above), $"{path} has no lower bound");
        Assert.True(path == "seed" || !(double.IsNaN(allowed.AtMost) && double.IsNaN(allowed.Below)), $"{path} has no upper bound");
    }

    [Theory]
    [MemberData(nameof(Lists))]
    public void A_list_is_bounded(string path) => Assert.NotEqual(int.MaxValue, SettingSchema.ByPath[path].Allowed.MaxItems);

    [Theory]
    [MemberData(nameof(Numbers))]
    public void What_is_out_of_all_proportion_is_refused_by_name_and_at_once(string path)
    {
        var leaf = SettingSchema.ByPath[path];
        var started = Stopwatch.GetTimestamp();
        var before = GC.GetAllocatedBytesForCurrentThread();
        var refused = 0;
        foreach (
            var value in Monstrous.Where(value =>
                !(double.TryParse(value, System.Globalization.CultureInfo.InvariantCulture, out var number) && leaf.Allowed.Admits(number))
            )
        )
        {
            var text = leaf.IsList ? $"[{string.Join(',', Enumerable.Repeat(value, Math.Max(1, leaf.Allowed.MinItems)))}]" : value;
            var error = Assert.Throws<UserErrorException>(() => new RunOptionsReader().AddAssignment($"{path}={text}").Read());
            Assert.Contains(path, error.Message, StringComparison.Ordinal);
            refused++;
        }

        Assert.InRange(
            refused,
            path is "seed" or "data.mean" ? 4
                : path == "training.learning_rate" ? 8
                : 9,
            Monstrous.Length
        );
        Assert.InRange(Stopwatch.GetElapsedTime(started).TotalSeconds, 0, 5);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 64 << 20);
    }

    [Theory]
    [InlineData("1000000")]
    [InlineData("100000000")]
    public void A_million_heads_are_refused_with_what_is_allowed(string heads)
    {
        var error = Assert.Throws<UserErrorException>(() =>
            new RunOptionsReader().AddPreset("quickstart").AddAssignment($"ensemble.heads={heads}").Read()
        );
        Assert.Contains(
            $"ensemble.heads: {heads} is not allowed; allowed is a whole number at least 1, at most 4096",
            error.Message,
            StringComparison.Ordinal
        );
    }
}
