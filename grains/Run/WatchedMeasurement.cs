using NeuroTrails.Contracts;
using NeuroTrails.Running;

namespace NeuroTrails.Grains;

/// <summary>Measures a split, and says on the way how far it has come.</summary>
internal static class WatchedMeasurement
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    public static async Task<EnsembleFigures> Run(
        IBackboneGrain backbone,
        MeasureRequest request,
        Action<MeasureProgress> tell,
        TimeProvider time,
        CancellationToken stop
    )
    {
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
