namespace NeuroTrails.Checkpoints;

/// <summary>A tensor and its mask that do not fit each other, so that packing or unpacking would lose information.</summary>
public sealed class SparseEncodingException : Exception
{
    /// <summary>Creates an exception without details.</summary>
    public SparseEncodingException() { }

    /// <summary>Creates an exception with a sentence.</summary>
    /// <param name="message">What does not fit.</param>
    public SparseEncodingException(string message)
        : base(message) { }

    /// <summary>Creates an exception with a sentence and its cause.</summary>
    /// <param name="message">What does not fit.</param>
    /// <param name="innerException">The cause.</param>
    public SparseEncodingException(string message, Exception? innerException)
        : base(message, innerException) { }
}
