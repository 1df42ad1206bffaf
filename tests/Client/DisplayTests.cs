using NeuroTrails.Client.Display;
using NeuroTrails.Running;

namespace NeuroTrails.Tests.Client;

public sealed class DisplayTests : ClientFixture
{
    [Fact]
    public async Task Plain_lines_are_throttled_but_the_first_and_the_last_are_shown()
    {
        var clock = new ManualClock();
        await using var display = new PlainDisplay(Host with { Time = clock }, TimeSpan.FromSeconds(5));
        for (var step = 1; step <= 100; step++)
        {
            display.Report(Step(step));
            clock.Advance(TimeSpan.FromSeconds(0.1));
        }

        var lines = Output.TrimEnd().Split('\n');
        Assert.Equal([1, 51, 100], lines.Select(line => int.Parse(line[5..line.IndexOf('/', StringComparison.Ordinal)], null)));
        Assert.Equal("step 100/100  epoch 2.00  loss 0.500 0.250  accuracy 0.912  density 0.200  3 updates (-1,200 +1,200)  12.3 steps/s  1m 05s left", lines[^1]);
    }

    [Fact]
    public async Task Warnings_go_to_the_error_stream()
    {
        await using var display = new PlainDisplay(Host, TimeSpan.Zero);
        display.Report(new RunNotice("resumed on other hardware", Warning: true));
        display.Report(new RunNotice("validation is kept aside"));
        display.Report(new RunStarted(25, 100, "wrn-10-2", "glyphs", 1, "cpu", 0.2, 1000, 5000));
        Assert.Equal("warning: resumed on other hardware\n", Error);
        Assert.Equal("validation is kept aside\nwrn-10-2 on glyphs, 1 head, density 0.200 (1.00 k of 5.00 k parameters), cpu: going on at step 25 of 100\n", Output);
    }

    [Fact]
    public async Task The_live_display_shows_the_last_state_and_stops()
    {
        await using (var display = new LiveDisplay(Host))
        {
            display.Report(new RunStarted(0, 100, "wrn-10-2", "glyphs", 2, "cpu", 0.2, 1000, 5000));
            display.Report(Step(50));
            display.Report(new CheckpointCommitted(25));
            display.Report(new RunNotice("a [bracket] is text", Warning: true));
        }

        Assert.Contains("step 50 of 100", Output, StringComparison.Ordinal);
        Assert.Contains("0.500 0.250", Output, StringComparison.Ordinal);
        Assert.Contains("checkpoint at step 25", Output, StringComparison.Ordinal);
        Assert.Contains("a [bracket] is text", Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0.4, "0s")]
    [InlineData(59.4, "59s")]
    [InlineData(65, "1m 05s")]
    [InlineData(7500, "2h 05m")]
    [InlineData(273600, "3d 04h")]
    public void Spans_are_short(double seconds, string text) => Assert.Equal(text, Humanly.Span(TimeSpan.FromSeconds(seconds)));

    [Theory]
    [InlineData(999, "999")]
    [InlineData(21_300_000, "21.30 M")]
    [InlineData(7_160_000_000, "7.16 G")]
    public void Large_numbers_are_short(long value, string text) => Assert.Equal(text, Humanly.Large(value));

    private static StepProgress Step(long step) => new()
    {
        Step = step,
        TotalSteps = 100,
        Epoch = step / 50.0,
        LossPerHead = [0.5, 0.25],
        Accuracy = 0.912,
        Density = 0.2,
        StepsPerSecond = 12.34,
        Remaining = TimeSpan.FromSeconds(65),
        TopologyUpdates = 3,
        Dropped = 1200,
        Grown = 1200,
    };

    private sealed class ManualClock : TimeProvider
    {
        private long _ticks = 1;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _ticks;

        public void Advance(TimeSpan by) => _ticks += by.Ticks;
    }
}
