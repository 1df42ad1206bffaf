using NeuroTrails.Configuration;
using NeuroTrails.Training.Schedules;

namespace NeuroTrails.Tests.Training.Schedules;

public sealed class LearningRateScheduleTests
{
    [Fact]
    public void Every_course_stays_between_zero_and_the_peak_and_rises_before_it_falls()
    {
        var random = new Random(7);
        for (var round = 0; round < 2000; round++)
        {
            var total = random.Next(1, 400);
            var options = new TrainingOptions
            {
                LearningRate = random.NextDouble() + 1e-3,
                Schedule = (LearningRateScheduleKind)random.Next(4),
                Warmup = random.Next(3) == 0 ? 0 : random.NextDouble() * 0.2,
                FinalShare = random.NextDouble(),
            };
            var rates = Rates(options, total);
            Assert.All(rates, rate => Assert.InRange(rate, 0, options.LearningRate * (1 + 1e-12)));
            Assert.True(rates[0] > 0);
            var peak = Array.IndexOf(rates, rates.Max());
            Assert.InRange(peak, 0, (options.Warmup * total) + 1);
            Assert.Equal(rates[..peak].Order(), rates[..peak]);
            Assert.Equal(rates[peak..].OrderDescending(), rates[peak..]);
        }
    }

    [Fact]
    public void Constant_is_constant() =>
        Assert.All(Rates(new() { Schedule = LearningRateScheduleKind.Constant }, 50), rate => Assert.Equal(0.1, rate));

    [Fact]
    public void Warmup_is_linear_and_reaches_the_peak_with_its_last_step()
    {
        var rates = Rates(
            new()
            {
                Schedule = LearningRateScheduleKind.Constant,
                LearningRate = 1,
                Warmup = 0.1,
            },
            40
        );
        Assert.Equal([0.25, 0.5, 0.75, 1, 1], rates[..5]);
    }

    [Fact]
    public void Multi_step_multiplies_at_each_milestone()
    {
        var rates = Rates(new() { Schedule = LearningRateScheduleKind.MultiStep, LearningRate = 1 }, 20);
        for (var step = 0; step < 20; step++)
        {
            Assert.Equal(Math.Pow(0.1, step / 5), rates[step], 1e-15);
        }

        // 0.7 · 30 is 21 on paper and 20.999999999999996 in binary; 0.1 · 3 · 10 would land above 3.
        var seldom = Rates(
            new()
            {
                Schedule = LearningRateScheduleKind.MultiStep,
                LearningRate = 1,
                Milestones = [0.1, 0.7],
            },
            30
        );
        Assert.Equal(3, Array.FindIndex(seldom, rate => rate < 0.5));
        Assert.Equal(21, Array.FindIndex(seldom, rate => rate < 0.05));
    }

    [Fact]
    public void Cosine_is_torchs_cosine_annealing()
    {
        var options = new TrainingOptions
        {
            Schedule = LearningRateScheduleKind.Cosine,
            LearningRate = 0.3,
            FinalShare = 0.1,
        };
        var rates = Rates(options, 64);
        for (var step = 0; step < 64; step++)
        {
            Assert.Equal(0.03 + ((0.3 - 0.03) * (1 + Math.Cos(Math.PI * step / 64)) / 2), rates[step], 1e-14);
        }

        Assert.Equal(0.03, new LearningRateSchedule(options).At(65, 64), 1e-15);
    }

    [Fact]
    public void One_cycle_starts_at_a_twenty_fifth_peaks_after_the_rise_and_ends_at_the_final_share()
    {
        var options = new TrainingOptions
        {
            Schedule = LearningRateScheduleKind.OneCycle,
            LearningRate = 1,
            Warmup = 0.3,
            FinalShare = 0.01,
        };
        var rates = Rates(options, 100);
        Assert.Equal(0.04, rates[0], 1e-15);
        Assert.Equal(0.52, rates[15], 1e-15);
        Assert.Equal(1, rates[30], 1e-15);
        Assert.Equal(0.01, new LearningRateSchedule(options).At(101, 100), 1e-15);
    }

    private static double[] Rates(TrainingOptions options, int total)
    {
        var schedule = new LearningRateSchedule(options);
        return [.. Enumerable.Range(1, total).Select(step => schedule.At(step, total))];
    }
}
