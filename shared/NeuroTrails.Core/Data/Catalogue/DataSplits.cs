namespace NeuroTrails.Data;

/// <summary>An opened data set.</summary>
/// <param name="Name">Name in the catalogue.</param>
/// <param name="Train">What is learnt from.</param>
/// <param name="Validation">What chooses the best checkpoint, never the test split; null where nothing is held out.</param>
/// <param name="Test">What is reported; null where the source has none.</param>
/// <param name="Pipeline">Augmentation and normalisation of training samples;
/// <see cref="SamplePipeline.Plain"/> for the other splits.</param>
public sealed record DataSplits(string Name, IDataSet Train, IDataSet? Validation, IDataSet? Test, SamplePipeline Pipeline)
{
    /// <summary>What the user should know of the data, a sentence or more each: classes without
    /// samples, files that were left out.</summary>
    public IReadOnlyList<string> Notices { get; init; } = [];

    internal IReadOnlyList<string> Faults { get; init; } = [];

    // The notice that tells of them; null where there are none.
    internal string? Excuse { get; init; }

    /// <summary>What a run on these data is made from.</summary>
    public required DataRecord Record { get; init; }

    /// <summary>Shape of every sample of every split.</summary>
    public SampleShape Shape => Train.Shape;

    /// <summary>Number of classes of every split.</summary>
    public int Classes => Train.Classes;

    /// <summary>Training batches by step.</summary>
    /// <param name="batch">Samples a batch.</param>
    /// <param name="seed">Seed of the run.</param>
    /// <returns>A loader for any step.</returns>
    public TrainingBatches Training(int batch, long seed) => new(Train, Pipeline, batch, seed);

    /// <summary>Batches of the test split.</summary>
    /// <param name="batch">Samples a batch.</param>
    /// <returns>A loader for any batch.</returns>
    /// <exception cref="InvalidOperationException">There is no test split.</exception>
    public EvaluationBatches Testing(int batch) =>
        new(Test ?? throw new InvalidOperationException($"{Name} has no test split."), Pipeline, batch);

    /// <summary>Batches of the validation split.</summary>
    /// <param name="batch">Samples a batch.</param>
    /// <returns>A loader for any batch, or null where there is no validation split.</returns>
    public EvaluationBatches? Validating(int batch) => Validation is null ? null : new(Validation, Pipeline, batch);
}
