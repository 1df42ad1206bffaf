namespace NeuroTrails.Contracts;

/// <summary>Asks for a split to be measured.</summary>
/// <param name="Generation">Generation of the weights that is meant.</param>
/// <param name="Split">The split.</param>
/// <param name="Samples">Samples in it.</param>
/// <param name="Heads">Heads M.</param>
/// <param name="Classes">Classes C.</param>
/// <param name="Batch">Samples a forward pass.</param>
/// <param name="FromLogits">Whether the prediction is the softmax of the mean logits; else the mean of the softmaxes.</param>
[GenerateSerializer, Immutable, Alias("nt.MeasureRequest")]
public sealed record MeasureRequest(long Generation, string Split, int Samples, int Heads, int Classes, int Batch, bool FromLogits);

/// <summary>How well an ensemble and its heads do. Diversity figures are absent for one head.</summary>
/// <param name="Samples">Samples measured.</param>
/// <param name="Accuracy">Accuracy of the ensemble, 0 to 1.</param>
/// <param name="Nll">Negative log-likelihood, in nats a sample.</param>
/// <param name="Ece">Expected calibration error, 15 equal-width bins.</param>
/// <param name="Brier">Brier score.</param>
/// <param name="HeadAccuracy">Accuracy of each head [M].</param>
/// <param name="HeadNll">NLL of each head [M].</param>
/// <param name="Disagreement">Mean pairwise argmax mismatch.</param>
/// <param name="KlDiversity">Mean KL over ordered pairs, in nats.</param>
/// <param name="MutualInformation">Mean mutual information, in nats.</param>
[GenerateSerializer, Immutable, Alias("nt.Measurement")]
public sealed record Measurement(
    long Samples,
    double Accuracy,
    double Nll,
    double Ece,
    double Brier,
    double[] HeadAccuracy,
    double[] HeadNll,
    double? Disagreement,
    double? KlDiversity,
    double? MutualInformation);

/// <summary>Asks for predictions.</summary>
/// <param name="Generation">Generation of the weights that is meant.</param>
/// <param name="Samples">Values in [0, 1] before normalisation, [N, …] in C order.</param>
/// <param name="Count">Samples N.</param>
/// <param name="Heads">Heads M.</param>
/// <param name="Classes">Classes C.</param>
/// <param name="FromLogits">Whether the prediction is the softmax of the mean logits; else the mean of the softmaxes.</param>
[GenerateSerializer, Immutable, Alias("nt.PredictRequest")]
public sealed record PredictRequest(long Generation, float[] Samples, int Count, int Heads, int Classes, bool FromLogits);

/// <summary>Predictions with their uncertainty.</summary>
/// <param name="MeanNC">The ensemble's probabilities [N, C].</param>
/// <param name="HeadsNMC">Each head's probabilities [N, M, C].</param>
/// <param name="EntropyN">Entropy of the ensemble's probabilities, in nats [N].</param>
/// <param name="MutualInformationN">Mutual information, in nats [N]; zeros for one head.</param>
[GenerateSerializer, Immutable, Alias("nt.Predictions")]
public sealed record Predictions(double[] MeanNC, double[] HeadsNMC, double[] EntropyN, double[] MutualInformationN);
