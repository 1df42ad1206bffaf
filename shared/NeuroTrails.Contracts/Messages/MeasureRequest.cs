namespace NeuroTrails.Contracts;

/// <summary>Asks for a split to be measured.</summary>
/// <param name="Generation">Generation of the weights that is meant.</param>
/// <param name="Split">The split.</param>
/// <param name="Samples">Samples in it.</param>
/// <param name="Heads">Members M of the ensemble.</param>
/// <param name="Classes">Classes C.</param>
/// <param name="Batch">Samples a forward pass.</param>
/// <param name="FromLogits">Whether the prediction is the softmax of the mean logits; else the mean of the softmaxes.</param>
/// <param name="Confusion">Whether to count which class was taken for which.</param>
[GenerateSerializer, Immutable, Alias("nt.MeasureRequest")]
public sealed record MeasureRequest(
    long Generation,
    string Split,
    int Samples,
    int Heads,
    int Classes,
    int Batch,
    bool FromLogits,
    bool Confusion = false
);
