namespace NeuroTrails.Contracts;

/// <summary>Asks for a split to be measured.</summary>
/// <param name="Generation">Generation of the weights that is meant.</param>
/// <param name="Split">The split.</param>
/// <param name="Samples">Samples in it.</param>
[GenerateSerializer, Immutable, Alias("nt.MeasureRequest")]
public sealed record MeasureRequest(long Generation, string Split, int Samples);
