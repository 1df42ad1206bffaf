using NeuroTrails.Execution;

namespace NeuroTrails.Tests.Execution;

public sealed class HeadConcurrencyTests
{
    [Theory]
    [InlineData(1, 3, 1)]
    [InlineData(2, 1, 2)]
    [InlineData(2, 2, 1)]
    [InlineData(2, 3, 1)]
    [InlineData(4, 3, 2)]
    [InlineData(16, 3, 6)]
    public void Threads_are_dealt_to_few_heads(int threads, int heads, int expected) =>
        Assert.Equal(expected, HeadConcurrency.Threads(threads, heads));

    [Theory]
    [InlineData(2, 1, 2, 1)]
    [InlineData(2, 2, 1, 2)]
    [InlineData(2, 3, 1, 3)]
    [InlineData(2, 4, 1, 2)]
    [InlineData(2, 5, 1, 3)]
    [InlineData(2, 7, 1, 4)]
    [InlineData(1, 3, 1, 1)]
    [InlineData(2, 3, 2, 1)]
    [InlineData(2, 3, 8, 1)]
    public void Heads_at_once(int threads, int heads, int headThreads, int expected) =>
        Assert.Equal(expected, HeadConcurrency.Places(threads, heads, headThreads));

    [Fact]
    public void Rounds_are_as_equal_as_they_can_be_and_at_most_twice_full()
    {
        for (var threads = 1; threads <= 64; threads++)
        {
            for (var heads = threads; heads <= 200; heads++)
            {
                var places = HeadConcurrency.Places(threads, heads, 1);
                var rounds = (heads + places - 1) / places;
                Assert.InRange(places, threads, 2 * threads);
                Assert.InRange(heads - ((rounds - 1) * places), places - rounds + 1, places);
            }
        }
    }
}
