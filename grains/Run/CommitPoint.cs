namespace NeuroTrails.Grains;

/// <summary>The checkpoint that a run has agreed on.</summary>
/// <param name="Step">Steps completed.</param>
/// <param name="ManifestSha256">Hash of its manifest: a folder of that name with another manifest
/// was written by somebody who had been declared dead.</param>
[GenerateSerializer, Immutable, Alias("nt.CommitPoint")]
internal sealed record CommitPoint(long Step, string ManifestSha256);
