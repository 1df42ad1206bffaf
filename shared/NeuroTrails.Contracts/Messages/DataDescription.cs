namespace NeuroTrails.Contracts;

/// <summary>What owners need to know of the data.</summary>
/// <param name="Channels">Channels of a sample.</param>
/// <param name="Height">Rows of a sample; 1 for vectors.</param>
/// <param name="Width">Columns of a sample; 1 for vectors.</param>
/// <param name="Classes">Number of classes.</param>
/// <param name="TrainingSamples">Samples in the training split.</param>
/// <param name="ValidationSamples">Samples in the validation split; 0 where there is none.</param>
/// <param name="TestSamples">Samples in the test split.</param>
[GenerateSerializer, Immutable, Alias("nt.DataDescription")]
public sealed record DataDescription(int Channels, int Height, int Width, int Classes, int TrainingSamples, int ValidationSamples, int TestSamples);
