namespace NeuroTrails.Contracts;

/// <summary>How well an ensemble and its heads do. Diversity figures are absent for one head.</summary>
/// <param name="Samples">Samples measured.</param>
/// <param name="Accuracy">Accuracy of the ensemble, 0 to 1.</param>
/// <param name="Nll">Negative log-likelihood, in nats a sample.</param>
/// <param name="Ece">Expected calibration error, 15 equal-width bins.</param>
/// <param name="Brier">Brier score.</param>
/// <param name="HeadAccuracy">Accuracy of each head [M].</param>
/// <param name="HeadNll">NLL of each head [M].</param>
/// <param name="HeadEce">Expected calibration error of each head [M], 15 equal-width bins.</param>
/// <param name="Disagreement">Mean pairwise argmax mismatch.</param>
/// <param name="KlDiversity">Mean KL over ordered pairs, in nats.</param>
/// <param name="MutualInformation">Mean mutual information, in nats.</param>
/// <param name="Confusion">Samples by true class, then by predicted class [C·C]; absent where they were not asked for.</param>
[GenerateSerializer, Immutable, Alias("nt.Measurement")]
public sealed record Measurement(
    long Samples,
    double Accuracy,
    double Nll,
    double Ece,
    double Brier,
    double[] HeadAccuracy,
    double[] HeadNll,
    double[] HeadEce,
    double? Disagreement,
    double? KlDiversity,
    double? MutualInformation,
    long[]? Confusion = null);
