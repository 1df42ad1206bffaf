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
internal sealed record OwnerSetup(
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

/// <summary>An owner is ready.</summary>
[GenerateSerializer, Immutable, Alias("nt.OwnerReport")]
internal sealed record OwnerReport(string Owner, long Generation, long MaskedActive, long MaskedCount);

/// <summary>Whether all that an owner holds is finite.</summary>
/// <param name="Owner">Name of the owner.</param>
/// <param name="NonFinite">Name of a tensor that is not; null where all are.</param>
/// <param name="IsStatistic">Whether that tensor is a running statistic, and weights and moments are finite.</param>
[GenerateSerializer, Immutable, Alias("nt.OwnerCheck")]
internal sealed record OwnerCheck(string Owner, string? NonFinite, bool IsStatistic);

/// <summary>Where an owner lives.</summary>
/// <param name="Owner"><c>backbone</c> or <c>head-0</c>.</param>
/// <param name="Member">Name of the silo.</param>
/// <param name="Silo">Address of the silo; empty in a process of its own, where there is only one.</param>
/// <param name="Device"><c>cpu</c> or <c>cuda:0</c>.</param>
[GenerateSerializer, Immutable, Alias("nt.OwnerLocation")]
public sealed record OwnerLocation(string Owner, string Member, string Silo, string Device);

/// <summary>Tells an owner to write its state, durably, to a file of its own.</summary>
[GenerateSerializer, Immutable, Alias("nt.SaveRequest")]
internal sealed record SaveRequest(StepId Id, string Folder);

/// <summary>An owner's state is on the disk.</summary>
[GenerateSerializer, Immutable, Alias("nt.SaveReply")]
internal sealed record SaveReply(string File, long Bytes, string Sha256);
