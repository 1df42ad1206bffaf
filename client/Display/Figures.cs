using NeuroTrails.Running;

namespace NeuroTrails.Client.Display;

/// <summary>What the table of an ensemble against its heads shows.</summary>
/// <param name="Accuracy">Accuracy of the ensemble.</param>
/// <param name="Nll">NLL of the ensemble, in nats.</param>
/// <param name="Ece">ECE of the ensemble.</param>
/// <param name="HeadAccuracy">Accuracy of each head [M].</param>
/// <param name="HeadNll">NLL of each head [M]; absent where it was not measured.</param>
/// <param name="HeadEce">ECE of each head [M]; absent where it was not measured.</param>
/// <param name="Disagreement">Mean disagreement of pairs of heads; absent for one head.</param>
/// <param name="KlDiversity">Mean KL divergence of pairs, in nats; absent for one head.</param>
/// <param name="MutualInformation">Mean mutual information, in nats; absent for one head.</param>
internal sealed record Figures(
    double Accuracy,
    double Nll,
    double Ece,
    IReadOnlyList<double> HeadAccuracy,
    IReadOnlyList<double>? HeadNll,
    IReadOnlyList<double>? HeadEce,
    double? Disagreement,
    double? KlDiversity,
    double? MutualInformation)
{
    /// <summary>The figures of a finished run.</summary>
    public static Figures Of(RunSummary summary) => new(
        summary.Accuracy, summary.Nll, summary.Ece, summary.HeadAccuracy, summary.HeadNll, summary.HeadEce, summary.Disagreement, summary.KlDiversity, summary.MutualInformation);

    /// <summary>The figures of an evaluation.</summary>
    public static Figures Of(EvaluationResult result) => new(
        result.Accuracy, result.Nll, result.Ece, result.HeadAccuracy, result.HeadNll, result.HeadEce, result.Disagreement, result.KlDiversity, result.MutualInformation);
}
