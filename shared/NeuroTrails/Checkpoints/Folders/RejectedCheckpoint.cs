using System.Globalization;

namespace NeuroTrails.Checkpoints;

/// <summary>A checkpoint that was passed over in the search for a valid one.</summary>
/// <param name="Step">Steps it claims to hold.</param>
/// <param name="Folder">Where it lies.</param>
/// <param name="Reason">What is wrong with it.</param>
public sealed record RejectedCheckpoint(long Step, string Folder, string Reason)
{
    /// <summary>A sentence for the person who watches.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"The checkpoint of step {Step} is damaged and passed over: {Reason} ({Folder}).");
}
