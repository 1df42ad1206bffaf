namespace NeuroTrails.Contracts;

/// <summary>Tells an owner what it is to be. Everything else follows from the options, which travel as text.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Generation">The generation that begins.</param>
/// <param name="Options">The resolved <c>config.yaml</c>.</param>
/// <param name="Data">Shape and size of the training split.</param>
/// <param name="Device">Where the owner's tensors shall live: <c>cpu</c>, <c>cuda:0</c>.</param>
/// <param name="FirstStep">The step that will be asked for first, from 1; 0 where nobody may ask for one, so that data are opened only when
/// they are needed.</param>
/// <param name="Checkpoint">Folder of the committed checkpoint to load; absent to start anew.</param>
/// <param name="Heads">For the backbone and its replicas: the heads that each computes with.</param>
/// <param name="Replicas">For the backbone: its replicas on other silos, which are numbered from 1; 0 where activations are shared.</param>
[GenerateSerializer, Immutable, Alias("nt.OwnerSetup")]
public sealed record OwnerSetup(
    string RunId,
    long Generation,
    string Options,
    DataDescription Data,
    string Device,
    long FirstStep,
    string? Checkpoint,
    int[] Heads,
    int Replicas
);
