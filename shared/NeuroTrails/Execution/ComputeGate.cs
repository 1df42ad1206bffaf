namespace NeuroTrails.Execution;

/// <summary>Lets a limited number of executors compute at once, so that many heads share few cores without thrashing.</summary>
public sealed class ComputeGate : IDisposable
{
    private readonly SemaphoreSlim _places;

    /// <summary>Opens a gate.</summary>
    /// <param name="width">Executors that may be inside at once, at least 1.</param>
    public ComputeGate(int width)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        _places = new(width);
    }

    /// <summary>Waits for a place; disposing the result leaves it.</summary>
    public Place Enter()
    {
        _places.Wait();
        return new(_places);
    }

    /// <inheritdoc/>
    public void Dispose() => _places.Dispose();

    /// <summary>A place inside the gate.</summary>
    /// <param name="places">The gate's places.</param>
    public sealed class Place(SemaphoreSlim places) : IDisposable
    {
        /// <inheritdoc/>
        public void Dispose() => places.Release();
    }
}
