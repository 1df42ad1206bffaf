namespace NeuroTrails.Checkpoints;

/// <summary>A checkpoint that is not what its manifest says.</summary>
public sealed class CheckpointDamagedException : Exception
{
    /// <summary>Creates an exception without details; prefer the overload that names the folder.</summary>
    public CheckpointDamagedException() { }

    /// <summary>Creates an exception with a sentence; prefer the overload that names the folder.</summary>
    /// <param name="message">What is wrong.</param>
    public CheckpointDamagedException(string message)
        : base(message) { }

    /// <summary>Creates an exception with a sentence and its cause.</summary>
    /// <param name="message">What is wrong.</param>
    /// <param name="innerException">The cause.</param>
    public CheckpointDamagedException(string message, Exception? innerException)
        : base(message, innerException) { }

    /// <summary>Says which checkpoint is damaged, and how.</summary>
    /// <param name="folder">The checkpoint's folder.</param>
    /// <param name="reason">What is wrong with it.</param>
    /// <param name="innerException">The cause, if any.</param>
    public CheckpointDamagedException(string folder, string reason, Exception? innerException = null)
        : base($"The checkpoint '{folder}' cannot be used: {reason}.", innerException)
    {
        Folder = folder;
        Reason = reason;
    }

    /// <summary>The checkpoint's folder.</summary>
    public string Folder { get; } = "";

    /// <summary>What is wrong with it.</summary>
    public string Reason { get; } = "";
}
