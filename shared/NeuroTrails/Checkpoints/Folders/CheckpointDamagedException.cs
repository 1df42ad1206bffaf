namespace NeuroTrails.Checkpoints;

/// <summary>A checkpoint that is not what its manifest says.</summary>
/// <param name="folder">The checkpoint's folder.</param>
/// <param name="reason">What is wrong with it.</param>
/// <param name="innerException">The cause, if any.</param>
public sealed class CheckpointDamagedException(string folder, string reason, Exception? innerException = null)
    : Exception($"The checkpoint '{folder}' cannot be used: {reason}.", innerException)
{
    /// <summary>The checkpoint's folder.</summary>
    public string Folder { get; } = folder;

    /// <summary>What is wrong with it.</summary>
    public string Reason { get; } = reason;
}
