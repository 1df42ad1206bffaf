namespace NeuroTrails.Data;

/// <summary>A file that can be downloaded, and what it must turn out to be.</summary>
/// <param name="Name">Name of the local file.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Sha256">SHA-256 in lower-case hexadecimal, or null where none is published.</param>
/// <param name="Md5">MD5 in lower-case hexadecimal, used where there is no SHA-256.</param>
/// <param name="Sources">Addresses in order of preference, at least one.</param>
public sealed record RemoteFile(string Name, long Size, string? Sha256, string? Md5, IReadOnlyList<Uri> Sources);
