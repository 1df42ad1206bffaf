using NeuroTrails.Configuration;
using NeuroTrails.Topology;

namespace NeuroTrails.Tests.Topology;

public sealed class PruneScheduleTests
{
    // prune_rate [18] of the reference run: cosine 0.5 → 0.005 over 18 steps, as its authors' code printed it.
    private static readonly double[] Recorded =
    [
        0.4962399188705215,
        0.48507392364451235,
        0.4668412874366486,
        0.442095999671947,
        0.41158993339741845,
        0.37625,
        0.33714998547310304,
        0.2954779239725653,
        0.25249999999999995,
        0.2095220760274347,
        0.16785001452689702,
        0.12875000000000003,
        0.09341006660258148,
        0.06290400032805296,
        0.03815871256335147,
        0.01992607635548769,
        0.008760081129478514,
        0.005,
    ];

    [Fact]
    public void Rate_is_that_of_the_reference_run()
    {
        for (var step = 0; step < Recorded.Length; step++)
        {
            Assert.Equal(Recorded[step], PruneRateSchedule.At(step + 1, Recorded.Length, new()), 1e-15);
        }
    }

    [Fact]
    public void Published_rates_are_those_of_the_reference_run_to_the_last_bit()
    {
        var rates = new PublishedPruneRates(Recorded.Length, new());
        Assert.Equal(Recorded, Enumerable.Range(1, Recorded.Length).Select(step => rates.At(step)));
        Assert.Equal(0.005, rates.At(Recorded.Length + 5));
    }

    [Fact]
    public void Published_counts_are_the_plain_ceiling()
    {
        Assert.Equal(104, PruneCount.Of(800, 0.12875000000000003, Compatibility.Official));
        Assert.Equal(8, PruneCount.Of(100, 0.07, Compatibility.Official));
        Assert.Equal(7, PruneCount.Of(7, 1.0, Compatibility.Official));
    }

    [Fact]
    public void Counts_are_the_ceiling_that_the_recorded_rates_mean()
    {
        foreach (var rate in Recorded)
        {
            for (var active = 0L; active < 40_000; active += 7)
            {
                // The plain ceiling, but for products within rounding distance of a whole number.
                var product = rate * active;
                var expected = Math.Abs(product - Math.Round(product)) < 1e-10 ? Math.Round(product) : Math.Ceiling(product);
                Assert.Equal((long)expected, PruneCount.Of(active, rate));
            }
        }
    }

    [Theory]
    [InlineData(10, 0.3, 3)]
    [InlineData(100, 0.07, 7)]
    [InlineData(800, 0.12875000000000003, 103)]
    [InlineData(200, 0.005, 1)]
    [InlineData(7, 0.0, 0)]
    [InlineData(7, 1.0, 7)]
    [InlineData(0, 0.5, 0)]
    [InlineData(7, 1e-20, 1)]
    [InlineData(7, 2.0, 7)]
    [InlineData(7, -1.0, 0)]
    public void Counts_by_hand(long active, double rate, long expected) => Assert.Equal(expected, PruneCount.Of(active, rate));

    [Fact]
    public void Decimal_rates_never_drop_one_too_many()
    {
        for (var thousandths = 0; thousandths <= 1000; thousandths++)
        {
            for (var active = 1L; active < 3000; active += 13)
            {
                Assert.Equal(((thousandths * active) + 999) / 1000, PruneCount.Of(active, thousandths / 1000.0));
            }
        }
    }

    [Fact]
    public void Rate_falls_from_its_start_to_exactly_its_end()
    {
        var random = new Random(5);
        for (var round = 0; round < 500; round++)
        {
            var total = random.Next(2, 2000);
            var options = new TopologyOptions
            {
                PruneRate = 0.3 + (random.NextDouble() / 2),
                PruneRateEnd = random.NextDouble() * 0.3,
                UpdateUntil = random.Next(1, 11) / 10.0,
            };
            var rates = Enumerable.Range(1, total).Select(step => PruneRateSchedule.At(step, total, options)).ToArray();
            Assert.Equal(rates.OrderDescending(), rates);
            Assert.All(rates, rate => Assert.InRange(rate, options.PruneRateEnd, options.PruneRate));
            Assert.Equal(options.PruneRateEnd, rates[^1]);
        }
    }

    [Fact]
    public void Update_steps_are_every_delta_t_but_not_the_last()
    {
        var options = new TopologyOptions { Every = 6 };
        Assert.Equal([6, 12], Updates(18, options, Compatibility.GoodPractice));
        Assert.Equal([6, 12, 18], Updates(18, options, Compatibility.Official));
        Assert.Equal([6, 12, 18], Updates(19, options, Compatibility.GoodPractice));
        Assert.Equal([6], Updates(18, options with { UpdateUntil = 0.5 }, Compatibility.Official));
        Assert.Equal([7, 14, 21], Updates(30, options with { UpdateUntil = 0.7, Every = 7 }, Compatibility.GoodPractice));
        Assert.Empty(Updates(18, options with { Drop = DropRule.None }, Compatibility.Official));
        Assert.Empty(Updates(18, options with { Density = 1 }, Compatibility.Official));
        Assert.Equal([1, 2, 3], Updates(4, options with { Every = 1 }, Compatibility.GoodPractice));
    }

    [Fact]
    public void Unless_it_is_set_the_interval_gives_a_run_at_least_twenty_updates()
    {
        foreach (
            var (total, every) in new[] { (1, 1), (49, 1), (99, 1), (100, 2), (342, 6), (49_999, 999), (50_000, 1000), (175_500, 1000) }
        )
        {
            Assert.Equal(every, TopologySchedule.Every(total, new()));
            Assert.Equal(77, TopologySchedule.Every(total, new() { Every = 77 }));
        }

        for (var total = 21; total < 3000; total++)
        {
            Assert.InRange(Updates(total, new(), Compatibility.GoodPractice).Length, 20, 99);
        }
    }

    [Fact]
    public void Number_of_updates_is_that_of_the_update_steps()
    {
        var random = new Random(6);
        for (var round = 0; round < 3000; round++)
        {
            var options = new TopologyOptions { Every = random.Next(1, 40), UpdateUntil = random.Next(1, 11) / 10.0 };
            var compatibility = (Compatibility)random.Next(2);
            var total = random.Next(1, 300);
            Assert.Equal(Updates(total, options, compatibility).Length, TopologySchedule.Count(total, options, compatibility));
        }
    }

    [Fact]
    public void Temperature_is_linear_between_first_and_last_step()
    {
        var options = new TopologyOptions { Temperature = [1, 9] };
        Assert.Equal([1.0, 3, 5, 7, 9], Enumerable.Range(1, 5).Select(step => TemperatureSchedule.At(step, 5, options)));
        Assert.Equal(2, TemperatureSchedule.At(4, 9, options with { Temperature = [2] }));
        Assert.Equal(1, TemperatureSchedule.At(1, 1, options));
        var error = Assert.Throws<UserErrorException>(() => TemperatureSchedule.At(1, 1, options with { Temperature = [0, 3] }));
        Assert.Contains("topology.temperature", error.Message, StringComparison.Ordinal);
    }

    private static int[] Updates(int total, TopologyOptions options, Compatibility compatibility) =>
        [.. Enumerable.Range(1, total).Where(step => TopologySchedule.IsUpdateStep(step, total, options, compatibility))];
}
