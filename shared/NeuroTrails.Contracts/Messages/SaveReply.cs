namespace NeuroTrails.Contracts;

/// <summary>An owner's state is on the disk.</summary>
/// <param name="File">Name of the file inside the folder.</param>
/// <param name="Bytes">Size of the file.</param>
/// <param name="Sha256">Hash of the file, in lower-case hexadecimal digits.</param>
[GenerateSerializer, Immutable, Alias("nt.SaveReply")]
public sealed record SaveReply(string File, long Bytes, string Sha256);
