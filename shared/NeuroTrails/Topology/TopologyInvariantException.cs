namespace NeuroTrails.Topology;

/// <summary>A mask, and the weights and moments under it, no longer agree: a fault of the program, never of its input.</summary>
/// <param name="message">Which parameter, what was expected, what was found.</param>
/// <param name="innerException">The cause, if any.</param>
public sealed class TopologyInvariantException(string message, Exception? innerException = null) : Exception(message, innerException);
