namespace NeuroTrails.Contracts;

/// <summary>Tells an owner to write its state, durably, to a file of its own.</summary>
/// <param name="Id">The step that the state belongs to.</param>
/// <param name="Folder">Absolute path of the checkpoint draft's folder.</param>
[GenerateSerializer, Immutable, Alias("nt.SaveRequest")]
public sealed record SaveRequest(StepId Id, string Folder);
