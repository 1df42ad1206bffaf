namespace NeuroTrails.Grains;

/// <summary>No silo can take an owner now. A submission is refused with it; a run that is under way waits until one can.</summary>
public sealed class NoPlaceException : UserErrorException
{
    /// <summary>Creates the exception without a message.</summary>
    public NoPlaceException() { }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">Which owner, what it needs, what is there.</param>
    public NoPlaceException(string message)
        : base(message) { }

    /// <summary>Creates the exception with its cause.</summary>
    /// <param name="message">Which owner, what it needs, what is there.</param>
    /// <param name="innerException">The cause.</param>
    public NoPlaceException(string message, Exception innerException)
        : base(message, innerException) { }

    /// <summary>Addresses of the silos that are about to leave: owners that live there cannot stay either.</summary>
    public IReadOnlyCollection<string> Leaving { get; init; } = [];
}
