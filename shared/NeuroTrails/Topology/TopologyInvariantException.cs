namespace NeuroTrails.Topology;

/// <summary>A mask, and the weights and moments under it, no longer agree: a fault of the program, never of its input.</summary>
public sealed class TopologyInvariantException : Exception
{
    /// <summary>Creates an error without a message; prefer the overloads that explain.</summary>
    public TopologyInvariantException() { }

    /// <summary>Creates an error that names the parameter and the figures.</summary>
    /// <param name="message">Which parameter, what was expected, what was found.</param>
    public TopologyInvariantException(string message)
        : base(message) { }

    /// <summary>Creates an error that names the parameter and the figures, and the fault behind it.</summary>
    /// <param name="message">Which parameter, what was expected, what was found.</param>
    /// <param name="innerException">The technical cause.</param>
    public TopologyInvariantException(string message, Exception innerException)
        : base(message, innerException) { }
}
