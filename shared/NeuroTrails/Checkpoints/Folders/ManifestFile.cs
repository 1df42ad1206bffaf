namespace NeuroTrails.Checkpoints;

/// <summary>One file of a checkpoint.</summary>
/// <param name="Name">Its name inside the checkpoint's folder, such as <c>head-0.safetensors</c>.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="Sha256">SHA-256 of its content, 64 lower-case hexadecimal digits.</param>
public sealed record ManifestFile(string Name, long Bytes, string Sha256);
