using NeuroTrails.Formats;

namespace NeuroTrails.Checkpoints;

/// <summary>A checkpoint whose files were compared with its manifest.</summary>
/// <param name="Folder">Where it lies.</param>
/// <param name="Manifest">What it says of itself.</param>
/// <param name="ManifestSha256">SHA-256 of <c>manifest.json</c>: with step and generation, what a cluster agrees on.</param>
public sealed record CommittedCheckpoint(string Folder, CheckpointManifest Manifest, string ManifestSha256)
{
    /// <summary>Steps completed.</summary>
    public long Step => Manifest.Step;

    /// <summary>Owners that have a file in it, such as <c>backbone</c> and <c>head-0</c>.</summary>
    public IEnumerable<string> Owners =>
        Manifest
            .Files.Where(file => file.Name.EndsWith(CheckpointNames.OwnerExtension, StringComparison.Ordinal))
            .Select(file => file.Name[..^CheckpointNames.OwnerExtension.Length]);

    /// <summary>Opens an owner's file.</summary>
    /// <param name="owner">Such as <c>head-0</c>.</param>
    /// <exception cref="UserErrorException">The checkpoint has no such owner: it was written with other settings.</exception>
    public SafetensorsFile Open(string owner)
    {
        Require([owner]);
        return SafetensorsFile.Open(Path.Combine(Folder, CheckpointNames.OwnerFile(owner)));
    }

    /// <summary>Demands a file of every owner: what is not listed was not compared with anything, and must not be loaded.</summary>
    /// <param name="owners">Such as <c>backbone</c> and <c>head-0</c>.</param>
    /// <exception cref="UserErrorException">The checkpoint has no such owner: it was written with other settings.</exception>
    public void Require(IEnumerable<string> owners)
    {
        var listed = Owners.ToHashSet(StringComparer.Ordinal);
        if (owners.FirstOrDefault(owner => !listed.Contains(owner)) is { } missing)
        {
            throw new UserErrorException(
                $"The checkpoint '{Folder}' has no '{missing}', only {string.Join(", ", Owners)}. Was it written with another number of "
                    + "heads? "
                    + "Put the run's own config.yaml back (ensemble.heads)."
            );
        }
    }
}
