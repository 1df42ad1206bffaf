namespace NeuroTrails.Grains;

/// <summary>No silo can take an owner now. A submission is refused with it; a run that is under way waits until one can.</summary>
internal sealed class NoPlaceException(string message, Exception? innerException = null) : UserErrorException(message, innerException)
{
    public IReadOnlyCollection<string> Leaving { get; init; } = [];
}
