using NeuroTrails.Data;

namespace NeuroTrails.Training;

/// <summary>What a plan needs to know of the data.</summary>
/// <param name="Sample">Shape of one sample.</param>
/// <param name="Classes">Number of classes, at least 2; of texts, the tokens of the vocabulary.</param>
/// <param name="TrainingSamples">Samples, or windows of texts, in the training split.</param>
public sealed record DataShape(SampleShape Sample, int Classes, int TrainingSamples)
{
    /// <summary>Samples in the validation split; null where that is not known.</summary>
    public int? ValidationSamples { get; init; }

    /// <summary>Bytes of text that a token stands for, on average; 0 where that is not known.</summary>
    public double BytesPerToken { get; init; }

    /// <summary>Constants that samples are normalised by; null where that is not known.</summary>
    public Normalisation? Normalisation { get; init; }

    /// <summary>Training samples of each class [C]; null where the source does not say.</summary>
    public IReadOnlyList<int>? ClassCounts { get; init; }
}
