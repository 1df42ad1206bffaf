namespace NeuroTrails.Contracts;

/// <summary>A call belongs to a generation that is over; it was refused and changed nothing.</summary>
[GenerateSerializer, Alias("nt.StaleGenerationException")]
public sealed class StaleGenerationException : Exception
{
    /// <summary>Creates the exception without a message.</summary>
    public StaleGenerationException() { }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">Which call, which generation is served.</param>
    public StaleGenerationException(string message)
        : base(message) { }

    /// <summary>Creates the exception with its cause.</summary>
    /// <param name="message">Which call, which generation is served.</param>
    /// <param name="innerException">The cause.</param>
    public StaleGenerationException(string message, Exception innerException)
        : base(message, innerException) { }
}

/// <summary>An owner does not hold the parameters that a call is about: its activation is new, or serves another generation.</summary>
[GenerateSerializer, Alias("nt.OwnerLostException")]
public sealed class OwnerLostException : Exception
{
    /// <summary>Creates the exception without a message.</summary>
    public OwnerLostException() { }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">Which owner, which generation.</param>
    public OwnerLostException(string message)
        : base(message) { }

    /// <summary>Creates the exception with its cause.</summary>
    /// <param name="message">Which owner, which generation.</param>
    /// <param name="innerException">The cause.</param>
    public OwnerLostException(string message, Exception innerException)
        : base(message, innerException) { }

    /// <summary>Whether it is the network between two silos that is at fault, and neither of them:
    /// it may be well again in a moment.</summary>
    [Id(0)]
    public bool IsOfNetwork { get; init; }
}

/// <summary>A client called what only silos may call; nothing was done.</summary>
[GenerateSerializer, Alias("nt.CallRefusedException")]
public sealed class CallRefusedException : Exception
{
    /// <summary>Creates the exception without a message.</summary>
    public CallRefusedException() { }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">Which call.</param>
    public CallRefusedException(string message)
        : base(message) { }

    /// <summary>Creates the exception with its cause.</summary>
    /// <param name="message">Which call.</param>
    /// <param name="innerException">The cause.</param>
    public CallRefusedException(string message, Exception innerException)
        : base(message, innerException) { }
}

/// <summary>Somebody asked a silo to touch a file that is not below the folder of its runs; nothing was touched.</summary>
public sealed class PathRefusedException : UserErrorException
{
    /// <summary>Creates the exception without a message.</summary>
    public PathRefusedException() { }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">Which path, and where it would have to be.</param>
    public PathRefusedException(string message)
        : base(message) { }

    /// <summary>Creates the exception with its cause.</summary>
    /// <param name="message">Which path, and where it would have to be.</param>
    /// <param name="innerException">The cause.</param>
    public PathRefusedException(string message, Exception innerException)
        : base(message, innerException) { }
}
