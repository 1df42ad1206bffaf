namespace NeuroTrails.Contracts;

/// <summary>Tells an owner to write its state, durably, to a file of its own.</summary>
/// <param name="Id">The step that the state belongs to.</param>
/// <param name="Folder">Absolute path of the checkpoint draft's folder.</param>
[GenerateSerializer, Immutable, Alias("nt.SaveRequest")]
public sealed record SaveRequest(StepId Id, string Folder);

/// <summary>An owner's state is on the disk.</summary>
/// <param name="File">Name of the file inside the folder.</param>
/// <param name="Bytes">Size of the file.</param>
/// <param name="Sha256">Hash of the file, in lower-case hexadecimal digits.</param>
[GenerateSerializer, Immutable, Alias("nt.SaveReply")]
public sealed record SaveReply(string File, long Bytes, string Sha256);
