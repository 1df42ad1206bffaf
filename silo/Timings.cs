namespace NeuroTrails.Silo;

/// <summary>Times of one piece of work, repeated; by the clock and by the processor.</summary>
/// <param name="time">The clock.</param>
internal sealed class Timings(TimeProvider time)
{
    private readonly List<double> _elapsed = [];
    private readonly List<double> _processor = [];

    /// <summary>Shortest by the clock, in milliseconds.</summary>
    public double Min => _elapsed.Min();

    /// <summary>Median by the clock, in milliseconds.</summary>
    public double Median => MedianOf(_elapsed);

    /// <summary>Median of the processor time of the whole process, all threads together, in milliseconds.</summary>
    public double ProcessorMedian => MedianOf(_processor);

    /// <summary>Does the work, and remembers how long it took.</summary>
    /// <param name="counts">Whether it is remembered.</param>
    /// <param name="work">The work.</param>
    public async Task Measure(bool counts, Func<Task> work)
    {
        var (started, processor) = (time.GetTimestamp(), Environment.CpuUsage.TotalTime);
        await work();
        if (counts)
        {
            _elapsed.Add(time.GetElapsedTime(started).TotalMilliseconds);
            _processor.Add((Environment.CpuUsage.TotalTime - processor).TotalMilliseconds);
        }
    }

    private static double MedianOf(List<double> values)
    {
        var sorted = values.Order().ToList();
        return (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
    }
}
