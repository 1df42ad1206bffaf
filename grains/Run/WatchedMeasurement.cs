using NeuroTrails.Contracts;
using NeuroTrails.Running;

namespace NeuroTrails.Grains;

/// <summary>Measures a split, and says on the way how far it has come.</summary>
public static class WatchedMeasurement
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>Measures; a token that is cancelled ends it at once.</summary>
    /// <param name="backbone">Measures.</param>
    /// <param name="request">What.</param>
    /// <param name="tell">Hears of the progress, about once a second.</param>
    /// <param name="time">Clock.</param>
    /// <param name="stop">Ends the work by an <see cref="OperationCanceledException"/>.</param>
    public static async Task<EnsembleFigures> Run(
        IBackboneGrain backbone,
        MeasureRequest request,
        Action<MeasureProgress> tell,
        TimeProvider time,
        CancellationToken stop
    )
    {
        ArgumentNullException.ThrowIfNull(backbone);
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(tell);
        stop.ThrowIfCancellationRequested();
        var started = time.GetTimestamp();
        var measuring = HedgedCalls.Ask(() => backbone.Measure(request, stop), time).WaitAsync(stop);
        while (await Task.WhenAny(measuring, Task.Delay(Interval, time, stop)) != measuring)
        {
            stop.ThrowIfCancellationRequested();
            if (await Done(backbone) is > 0 and var done)
            {
                tell(new(request.Split, done, request.Samples, time.GetElapsedTime(started) * ((double)(request.Samples - done) / done)));
            }
        }

        return await measuring;
    }

    // Whatever is wrong with whom is asked, the measurement itself will say.
    private static async Task<int> Done(IBackboneGrain backbone)
    {
        try
        {
            return await backbone.Measured();
        }
        catch (Exception fault) when (fault is TimeoutException or OrleansException)
        {
            return 0;
        }
    }
}
