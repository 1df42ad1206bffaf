using NeuroTrails.Data;

namespace NeuroTrails.Running;

/// <summary>A checkpoint that is loaded once and predicts for many samples. Safe to use from several threads.</summary>
public interface IPredictor : IAsyncDisposable
{
    /// <summary>What the run was made from: shape of a sample, names of the classes, scale.</summary>
    DataRecord Record { get; }

    /// <summary>Heads M.</summary>
    int Heads { get; }

    /// <summary>Step of the checkpoint.</summary>
    long Step { get; }

    /// <summary>Predicts.</summary>
    /// <param name="samples">Values as the run's data set stores them (0 to 255 for images of
    /// bytes), [N, C, H, W] in C order; N at least 1.</param>
    /// <param name="stop">Ends the work at once by an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="ArgumentException">The length is no multiple of a sample's.</exception>
    Task<SamplePredictions> PredictAsync(ReadOnlyMemory<float> samples, CancellationToken stop = default);
}

/// <summary>Asks for a checkpoint to be loaded for predictions.</summary>
/// <param name="RunFolder">Path of the run folder.</param>
/// <param name="Checkpoint">Which of its checkpoints.</param>
/// <param name="Device">Where to compute, when not where the run did.</param>
public sealed record PredictorRequest(string RunFolder, CheckpointChoice Checkpoint, string? Device = null);

/// <summary>Predictions with their uncertainty.</summary>
/// <param name="Heads">Heads M.</param>
/// <param name="Classes">Classes C.</param>
/// <param name="MeanNC">The ensemble's prediction [N, C]: probabilities of the classes.</param>
/// <param name="HeadsNMC">Each head's [N, M, C].</param>
/// <param name="EntropyN">Entropy of the ensemble's prediction [N], in nats.</param>
/// <param name="MutualInformationN">Mutual information between prediction and head [N], in nats: how far the heads disagree.</param>
public sealed record SamplePredictions(
    int Heads,
    int Classes,
    double[] MeanNC,
    double[] HeadsNMC,
    double[] EntropyN,
    double[] MutualInformationN
)
{
    /// <summary>Samples N.</summary>
    public int Count => EntropyN.Length;

    /// <summary>The most probable class of a sample, the lowest of equally probable ones.</summary>
    /// <param name="sample">0 to <c>Count − 1</c>.</param>
    public int Class(int sample)
    {
        var best = 0;
        for (var label = 1; label < Classes; label++)
        {
            best = Probability(sample, label) > Probability(sample, best) ? label : best;
        }

        return best;
    }

    /// <summary>The ensemble's probability of a class.</summary>
    /// <param name="sample">0 to <c>Count − 1</c>.</param>
    /// <param name="label">0 to <c>Classes − 1</c>.</param>
    public double Probability(int sample, int label) => MeanNC[(sample * Classes) + label];
}
