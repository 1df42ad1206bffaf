namespace NeuroTrails.Execution;

/// <summary>Lets a limited number of executors compute at once, so that many heads share few cores without thrashing.</summary>
internal sealed class ComputeGate : IDisposable
{
    private readonly SemaphoreSlim _places;

    public ComputeGate(int width)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        _places = new(width);
    }

    public Place Enter()
    {
        _places.Wait();
        return new(_places);
    }

    public void Dispose() => _places.Dispose();

    public sealed class Place(SemaphoreSlim places) : IDisposable
    {
        public void Dispose() => places.Release();
    }
}
