namespace NeuroTrails.Grains;

/// <summary>What the run computes with: packages or stand-ins, libtorch. Written to every summary and manifest.</summary>
/// <param name="Text">One line.</param>
public sealed record RuntimeLine(string Text);
