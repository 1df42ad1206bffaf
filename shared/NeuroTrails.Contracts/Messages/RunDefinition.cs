namespace NeuroTrails.Contracts;

/// <summary>A run to be driven.</summary>
/// <param name="RunId">Its name in the cluster.</param>
/// <param name="Folder">Absolute path of its folder, reachable from every silo.</param>
/// <param name="Options">The resolved <c>config.yaml</c>.</param>
/// <param name="Data">Shape and size of the training split.</param>
/// <param name="CheckpointStep">Step of the committed checkpoint to go on from; absent to start anew.</param>
[GenerateSerializer, Immutable, Alias("nt.RunDefinition")]
public sealed record RunDefinition(string RunId, string Folder, string Options, DataDescription Data, long? CheckpointStep);
