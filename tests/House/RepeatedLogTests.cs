using NeuroTrails.Silo;

namespace NeuroTrails.Tests.House;

/// <summary>What a log is filled with.</summary>
public sealed class RepeatedLogTests
{
    private readonly Clock _clock = new();
    private readonly RepeatedLog _log;

    public RepeatedLogTests() => _log = new(_clock);

    [Fact]
    public void A_library_s_fault_is_one_line_with_its_causes()
    {
        var text = _log.Text(
            "Orleans.Runtime.Silo",
            new(7, "Failed"),
            "It failed.\n   at Some.Code()\n--- End of stack trace",
            Thrown(new IOException("cut", new TimeoutException("late")))
        );
        Assert.Equal("It failed. <- IOException: cut <- TimeoutException: late\n", text);
    }

    [Fact]
    public void Our_own_fault_has_its_trace()
    {
        var text = _log.Text("NeuroTrails.Grains.CoordinatorGrain", new(1), "Run r failed", Thrown(new IOException("cut")));
        Assert.StartsWith("Run r failed\nSystem.IO.IOException: cut\n   at ", text, StringComparison.Ordinal);
    }

    [Fact]
    public void What_repeats_itself_is_said_once_a_minute_with_a_count()
    {
        var lines = new List<string?>();
        for (var second = 0; second < 16 * 60; second++)
        {
            lines.Add(_log.Text("Polly", new(3, "OnRetry"), $"attempt {second} at {_clock.GetTimestamp()}", new IOException("away")));
            lines.Add(
                _log.Text(
                    "NeuroTrails.Silo.Cluster.MemberPulse",
                    new(1),
                    "The cluster did not hear this silo's pulse",
                    new IOException("away")
                )
            );
            _clock.Advance(TimeSpan.FromSeconds(1));
        }

        var said = lines.Where(line => line is not null).ToList();
        Assert.Equal(32, said.Count);
        Assert.EndsWith("<- IOException: away (and 59 more such entries since the last one)\n", said[2], StringComparison.Ordinal);
        Assert.InRange(said.Sum(line => line!.Length), 1000, 5000);
    }

    [Fact]
    public void What_differs_is_said_and_our_own_plain_entries_always_are()
    {
        for (var trial = 0; trial < 3; trial++)
        {
            Assert.Equal(
                "Checkpoint of step 5 committed\n",
                _log.Text("NeuroTrails.Grains.CoordinatorGrain", new(1), "Checkpoint of step 5 committed", null)
            );
            Assert.NotNull(_log.Text("NeuroTrails.Grains.CoordinatorGrain", new(1), $"Run r{trial} failed", new IOException("cut")));
            Assert.NotNull(_log.Text("Orleans.Runtime.Silo", new(trial, "Failed"), "It failed", null));
        }
    }

    private static Exception Thrown(Exception fault)
    {
        try
        {
            throw fault;
        }
        catch (Exception thrown)
        {
            return thrown;
        }
    }

    private sealed class Clock : TimeProvider
    {
        private long _ticks = 1;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _ticks;

        public void Advance(TimeSpan by) => _ticks += by.Ticks;
    }
}
