namespace NeuroTrails.Silo;

/// <summary>Times of one piece of work, repeated; by the clock and by the processor.</summary>
internal sealed class Timings(TimeProvider time)
{
    private readonly List<double> _elapsed = [];
    private readonly List<double> _processor = [];

    public double Min => _elapsed.Min();

    public double Median => MedianOf(_elapsed);

    // Median of the processor time of the whole process, all threads together, in milliseconds.
    public double ProcessorMedian => MedianOf(_processor);

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
