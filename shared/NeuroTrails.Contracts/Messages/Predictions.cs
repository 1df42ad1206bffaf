namespace NeuroTrails.Contracts;

/// <summary>Predictions with their uncertainty.</summary>
/// <param name="MeanNC">The ensemble's probabilities [N, C].</param>
/// <param name="HeadsNMC">Each head's probabilities [N, M, C].</param>
/// <param name="EntropyN">Entropy of the ensemble's probabilities, in nats [N].</param>
/// <param name="MutualInformationN">Mutual information, in nats [N]; zeros for one head.</param>
[GenerateSerializer, Immutable, Alias("nt.Predictions")]
public sealed record Predictions(double[] MeanNC, double[] HeadsNMC, double[] EntropyN, double[] MutualInformationN);
