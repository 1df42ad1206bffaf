namespace NeuroTrails.Contracts;

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
