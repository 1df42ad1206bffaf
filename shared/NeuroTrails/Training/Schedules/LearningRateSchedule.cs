using NeuroTrails.Configuration;

namespace NeuroTrails.Training.Schedules;

/// <summary>The learning rate's course over a run.</summary>
/// <remarks>
/// All four rise linearly over the first <see cref="TrainingOptions.Warmup"/> of the run: constant, multi-step and cosine from one step's
/// share of the peak (so that the first step already learns), one-cycle from 1/25 of it (Smith &amp; Topin 2017).
/// Cosine and one-cycle end at <see cref="TrainingOptions.FinalShare"/> of the peak, reached when the last step has been made.
/// </remarks>
public sealed class LearningRateSchedule
{
    private const double OneCycleStart = 1.0 / 25;

    // Milestones are decimals such as 0.3, whose product with the steps may land a hair above a whole step.
    private const double Dust = 1e-9;

    private readonly TrainingOptions _options;

    /// <summary>Takes kind, peak rate, warm-up, milestones and final share from the options.</summary>
    /// <param name="options">Options of the run.</param>
    public LearningRateSchedule(TrainingOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
    }

    /// <summary>The rate of a step.</summary>
    /// <param name="step">The step about to be made, from 1.</param>
    /// <param name="totalSteps">Steps of the run, at least 1.</param>
    /// <returns>At least 0, at most the peak.</returns>
    public double At(long step, long totalSteps)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(step, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(totalSteps, 1);
        var (made, warmup) = (step - 1, _options.Warmup * totalSteps);
        if (_options.Schedule == LearningRateScheduleKind.OneCycle)
        {
            return _options.LearningRate
                * (made < warmup ? OneCycleStart + ((1 - OneCycleStart) * made / warmup) : Fall(made, totalSteps, warmup));
        }

        var rise = step < warmup ? step / warmup : 1;
        return _options.LearningRate
            * rise
            * _options.Schedule switch
            {
                LearningRateScheduleKind.Constant => 1,
                LearningRateScheduleKind.MultiStep => Math.Pow(
                    _options.Gamma,
                    _options.Milestones.Count(share => made + Dust >= share * totalSteps)
                ),
                LearningRateScheduleKind.Cosine => Fall(made, totalSteps, warmup),
                _ => throw new ArgumentOutOfRangeException(nameof(step), _options.Schedule, "Unknown learning-rate schedule."),
            };
    }

    private double Fall(long made, long totalSteps, double warmup)
    {
        var progress = Math.Clamp((made - warmup) / (totalSteps - warmup), 0, 1);
        return _options.FinalShare + ((1 - _options.FinalShare) * (1 + Math.Cos(Math.PI * progress)) / 2);
    }
}
