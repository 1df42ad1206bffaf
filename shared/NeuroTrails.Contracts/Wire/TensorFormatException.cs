namespace NeuroTrails.Contracts.Wire;

/// <summary>Bytes that are no tensor message.</summary>
internal sealed class TensorFormatException(string message, Exception? innerException = null) : Exception(message, innerException);
