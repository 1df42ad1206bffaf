namespace NeuroTrails.Checkpoints;

/// <summary>A tensor and its mask that do not fit each other, so that packing or unpacking would lose information.</summary>
/// <param name="message">What does not fit.</param>
/// <param name="innerException">The cause, if any.</param>
public sealed class SparseEncodingException(string message, Exception? innerException = null) : Exception(message, innerException);
