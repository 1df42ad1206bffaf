namespace NeuroTrails.Contracts;

/// <summary>A call belongs to a generation that is over; it was refused and changed nothing.</summary>
[GenerateSerializer, Alias("nt.StaleGenerationException")]
internal sealed class StaleGenerationException(string message, Exception? innerException = null) : Exception(message, innerException);

/// <summary>An owner does not hold the parameters that a call is about: its activation is new, or serves another generation.</summary>
[GenerateSerializer, Alias("nt.OwnerLostException")]
internal sealed class OwnerLostException(string message, Exception? innerException = null) : Exception(message, innerException)
{
    // Whether it is the network between two silos that is at fault, and neither of them: it may be well again in a moment.
    [Id(0)]
    public bool IsOfNetwork { get; init; }
}

/// <summary>A client called what only silos may call; nothing was done.</summary>
[GenerateSerializer, Alias("nt.CallRefusedException")]
internal sealed class CallRefusedException(string message, Exception? innerException = null) : Exception(message, innerException);

/// <summary>Somebody asked a silo to touch a file that is not below the folder of its runs; nothing was touched.</summary>
internal sealed class PathRefusedException(string message, Exception? innerException = null) : UserErrorException(message, innerException);
