namespace NeuroTrails.Contracts;

/// <summary>Asks for predictions.</summary>
/// <param name="Generation">Generation of the weights that is meant.</param>
/// <param name="Samples">Values in [0, 1] before normalisation, [N, …] in C order.</param>
/// <param name="Count">Samples N.</param>
/// <param name="Heads">Heads M.</param>
/// <param name="Classes">Classes C.</param>
/// <param name="FromLogits">Whether the prediction is the softmax of the mean logits; else the mean of the softmaxes.</param>
[GenerateSerializer, Immutable, Alias("nt.PredictRequest")]
public sealed record PredictRequest(long Generation, float[] Samples, int Count, int Heads, int Classes, bool FromLogits);
