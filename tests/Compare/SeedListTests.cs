using System.Globalization;
using NeuroTrails.Client.Compare;

namespace NeuroTrails.Tests.Compare;

public sealed class SeedListTests
{
    [Theory]
    [InlineData("1..5", "1 2 3 4 5")]
    [InlineData("1,3,7", "1 3 7")]
    [InlineData("0", "0")]
    [InlineData("9..10, 2", "9 10 2")]
    [InlineData("9223372036854775807", "9223372036854775807")]
    public void Numbers_and_ranges_are_read(string text, string expected) => Assert.Equal(expected, string.Join(' ', SeedList.Parse(text)));

    [Theory]
    [InlineData("3..1", "1..3 would count up")]
    [InlineData("1,1", "1 is there twice")]
    [InlineData("1..3,2", "2 is there twice")]
    [InlineData("", "no whole number")]
    [InlineData("-1", "`-1` is no whole number")]
    [InlineData("1.5", "`1.5` is no whole number")]
    [InlineData("1..2..3", "more than two ends")]
    [InlineData("..3", "no whole number")]
    [InlineData("1,", "no whole number")]
    [InlineData("9223372036854775808", "no whole number")]
    [InlineData("0..9223372036854775807", "more than 1,000 seeds")]
    [InlineData("1..1001", "more than 1,000 seeds")]
    [InlineData("1..999,2000..2001", "more than 1,000 seeds")]
    public void Others_are_refused_with_what_is_allowed(string text, string reason)
    {
        var error = Assert.Throws<UserErrorException>(() => SeedList.Parse(text));
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
        Assert.Contains("Allowed: whole numbers from 0", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Any_list_is_what_it_says()
    {
        var random = new Random(1);
        var refused = 0;
        for (var round = 0; round < 2000; round++)
        {
            var parts = Enumerable.Range(0, random.Next(1, 4)).Select(_ => (From: random.Next(30), To: random.Next(30))).ToList();
            var text = string.Join(',', parts.Select(part => string.Create(CultureInfo.InvariantCulture, $"{part.From}..{part.To}")));
            var expected = parts.SelectMany(part => Enumerable.Range(part.From, Math.Max(0, part.To - part.From + 1))).ToList();
            if (parts.Any(part => part.To < part.From) || expected.Distinct().Count() < expected.Count)
            {
                refused++;
                Assert.Throws<UserErrorException>(() => SeedList.Parse(text));
            }
            else
            {
                Assert.Equal(expected.Select(seed => (long)seed), SeedList.Parse(text));
            }
        }

        Assert.InRange(refused, 500, 1900);
    }
}
