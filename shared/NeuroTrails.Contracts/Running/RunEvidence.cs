using NeuroTrails.Metrics.OutOfDistribution;

namespace NeuroTrails.Running;

/// <summary>Asks for what a report shows of a checkpoint.</summary>
/// <param name="RunFolder">Absolute path of the run folder.</param>
/// <param name="Checkpoint">Which of its checkpoints.</param>
/// <param name="DataPath">Where the data set lies, when not where the run found it.</param>
/// <param name="Device">Where to compute, when not where the run did.</param>
/// <param name="Foreign">File or folder of samples that are not the data's; null for none.</param>
/// <param name="Disputed">How many samples to show on which the members disagree most.</param>
public sealed record EvidenceRequest(
    string RunFolder,
    CheckpointChoice Checkpoint,
    string? DataPath = null,
    string? Device = null,
    string? Foreign = null,
    int Disputed = 12
);

/// <summary>What was seen of a checkpoint: its predictions sample by sample, how its members differ, and its masks. N samples of one split,
/// M members of the ensemble.</summary>
public sealed record RunEvidence
{
    /// <summary>The split that was predicted.</summary>
    public required string Split { get; init; }

    /// <summary>Step of the checkpoint.</summary>
    public required long Step { get; init; }

    /// <summary>Its figures.</summary>
    public required EnsembleFigures Figures { get; init; }

    /// <summary>Names of the classes [C]; absent where the data have none.</summary>
    public IReadOnlyList<string>? ClassNames { get; init; }

    /// <summary>Whether the ensemble was right [N].</summary>
    public required IReadOnlyList<bool> Correct { get; init; }

    /// <summary>Probability that the ensemble gave to the class it predicted [N].</summary>
    public required IReadOnlyList<double> Confidence { get; init; }

    /// <summary>−ln of the ensemble's probability of the true class [N], in nats.</summary>
    public required IReadOnlyList<double> NegativeLogLikelihood { get; init; }

    /// <summary>What the ensemble's predictions become by a temperature; absent without a validation split to fit it on.</summary>
    public ScaledEvidence? Scaled { get; init; }

    /// <summary>Share of samples for which two members predict different classes [M][M]; absent for one member.</summary>
    public IReadOnlyList<IReadOnlyList<double>>? Disagreement { get; init; }

    /// <summary>Mean of KL(p of the row ‖ p of the column) [M][M], in nats; absent for one member.</summary>
    public IReadOnlyList<IReadOnlyList<double>>? Divergence { get; init; }

    /// <summary>Samples with the highest mutual information, highest first; empty for one member.</summary>
    public IReadOnlyList<DisputedSample> Disputed { get; init; } = [];

    /// <summary>The masks of the checkpoint, the backbone's first; empty for a dense run.</summary>
    public IReadOnlyList<MaskPicture> Masks { get; init; } = [];

    /// <summary>How much the heads' masks have in common, by layer; empty for one head.</summary>
    public IReadOnlyList<MaskOverlap> Overlaps { get; init; } = [];

    /// <summary>The ensemble's uncertainty of its own and of foreign samples; absent where none were given.</summary>
    public ForeignEvidence? Foreign { get; init; }
}

/// <summary>Predictions whose logarithms were divided by a temperature.</summary>
/// <param name="Temperature">The temperature, fitted on the validation split.</param>
/// <param name="Confidence">Probability of the class that was predicted [N].</param>
/// <param name="NegativeLogLikelihood">−ln of the probability of the true class [N], in nats.</param>
public sealed record ScaledEvidence(double Temperature, IReadOnlyList<double> Confidence, IReadOnlyList<double> NegativeLogLikelihood);

/// <summary>A sample on which the members disagree.</summary>
/// <param name="Index">Its position in the split.</param>
/// <param name="Label">Its true class.</param>
/// <param name="Predicted">The ensemble's class.</param>
/// <param name="MutualInformation">Between prediction and member, in nats.</param>
/// <param name="Members">Class and its probability, by member [M].</param>
/// <param name="Picture">The sample as a picture; absent where it is none.</param>
public sealed record DisputedSample(
    int Index,
    int Label,
    int Predicted,
    double MutualInformation,
    IReadOnlyList<MemberVote> Members,
    SamplePicture? Picture
);

/// <summary>What one member says of a sample.</summary>
/// <param name="Class">The class it predicts.</param>
/// <param name="Probability">The probability that it gives to it.</param>
public readonly record struct MemberVote(int Class, double Probability);

/// <summary>A sample as a picture.</summary>
/// <param name="Width">Pixels in a row.</param>
/// <param name="Height">Rows.</param>
/// <param name="Rgb">Red, green, blue of each pixel, row by row.</param>
public sealed record SamplePicture(int Width, int Height, byte[] Rgb);

/// <summary>The mask of one tensor as a small picture: rows are outputs, columns are inputs with their positions in the kernel.</summary>
/// <param name="Owner"><c>backbone</c> or <c>head-0</c>.</param>
/// <param name="Layer">Name of the tensor.</param>
/// <param name="Active">Active positions.</param>
/// <param name="Positions">All positions.</param>
/// <param name="Rows">Rows of the picture.</param>
/// <param name="Columns">Columns of the picture.</param>
/// <param name="Density">Active share of the positions that fall into each place, 0 to 1, row by row.</param>
public sealed record MaskPicture(string Owner, string Layer, long Active, long Positions, int Rows, int Columns, float[] Density);

/// <summary>How much the masks of one layer have in common in the heads.</summary>
/// <param name="Layer">Name of the tensor.</param>
/// <param name="Jaccard">Positions active in both over positions active in either; mean over pairs of heads.</param>
/// <param name="Chance">The same were the masks drawn independently with their densities.</param>
public sealed record MaskOverlap(string Layer, double Jaccard, double Chance);

/// <summary>The ensemble's uncertainty of its own and of foreign samples.</summary>
/// <param name="Known">Entropy of the predictions for the split [N], in nats.</param>
/// <param name="Unknown">The same for foreign samples.</param>
/// <param name="Reports">How well they are told apart, by each criterion.</param>
public sealed record ForeignEvidence(
    IReadOnlyList<double> Known,
    IReadOnlyList<double> Unknown,
    IReadOnlyList<OutOfDistributionReport> Reports
);
