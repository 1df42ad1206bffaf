namespace NeuroTrails.Grains;

/// <summary>What the run computes with: versions of the packages. Written to every summary and manifest.</summary>
/// <param name="Text">One line.</param>
public sealed record RuntimeLine(string Text);
