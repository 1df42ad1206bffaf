namespace NeuroTrails.Running;

/// <summary>The ensemble's figures under one corruption at one severity.</summary>
/// <param name="Corruption">Its name, such as <c>gaussian_noise</c>.</param>
/// <param name="Severity">1 to 5.</param>
/// <param name="Accuracy">0 to 1.</param>
/// <param name="Nll">Negative log-likelihood, in nats a sample.</param>
/// <param name="Ece">Expected calibration error, 15 bins.</param>
public sealed record CorruptionFigures(string Corruption, int Severity, double Accuracy, double Nll, double Ece);

/// <summary>How a checkpoint does on a split whose images were made worse.</summary>
/// <param name="Seed">Seed of all noise.</param>
/// <param name="Accuracy">Mean over corruptions and severities.</param>
/// <param name="Nll">Mean over corruptions and severities, in nats.</param>
/// <param name="Ece">Mean over corruptions and severities.</param>
/// <param name="Mce">Mean corruption error, not normalised by another network's: the mean over corruptions of the mean error over
/// severities.</param>
/// <param name="Figures">Every corruption at every severity.</param>
public sealed record CorruptionReport(
    long Seed,
    double Accuracy,
    double Nll,
    double Ece,
    double Mce,
    IReadOnlyList<CorruptionFigures> Figures
)
{
    /// <summary>Takes the means.</summary>
    /// <param name="seed">Seed of all noise.</param>
    /// <param name="figures">At least one.</param>
    public static CorruptionReport Of(long seed, IReadOnlyList<CorruptionFigures> figures) =>
        new(
            seed,
            figures.Average(item => item.Accuracy),
            figures.Average(item => item.Nll),
            figures.Average(item => item.Ece),
            figures.GroupBy(item => item.Corruption).Average(kind => kind.Average(item => 1 - item.Accuracy)),
            figures
        );
}
