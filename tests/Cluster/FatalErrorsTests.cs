using Microsoft.Extensions.Logging.Abstractions;
using NeuroTrails.Silo.Cluster;

namespace NeuroTrails.Tests.Cluster;

/// <summary>What a silo says that was declared dead.</summary>
public sealed class FatalErrorsTests
{
    [Theory]
    [InlineData(null, true)]
    [InlineData(1.0, true)]
    [InlineData(29.0, true)]
    [InlineData(31.0, false)]
    public async Task Who_dies_as_soon_as_it_has_joined_looks_at_its_clock(double? after, bool isClock)
    {
        var clock = new Clock();
        var fatal = new FatalErrors(clock, NullLogger<FatalErrors>.Instance);
        if (after is { } seconds)
        {
            fatal.Joined();
            clock.Now += TimeSpan.FromSeconds(seconds).Ticks;
        }

        fatal.OnFatalException(context: "told to die");
        var said = await fatal.Raised;
        Assert.Contains(
            isClock
                ? "most likely its clock is behind theirs: compare the clocks of the machines"
                : "it was paused, starved or cut off for too long",
            said,
            StringComparison.Ordinal
        );
        Assert.EndsWith("and ends its process; start it again, and it joins as a new one", said, StringComparison.Ordinal);
    }

    private sealed class Clock : TimeProvider
    {
        public long Now { get; set; } = 5;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Now;
    }
}
