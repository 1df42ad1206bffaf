using System.Security.Cryptography;
using NeuroTrails.Files;
using NeuroTrails.Formats;

namespace NeuroTrails.Checkpoints;

/// <summary>Compares a checkpoint's files with its manifest, and with what they say of themselves.</summary>
internal static class CheckpointVerifier
{
    // A hundred thousand owners.
    private const long MostManifestBytes = 1 << 24;

    // Checks presence, sizes and hashes of all files, and that each owner's file is that owner's at that step.
    public static CommittedCheckpoint Verify(CheckpointEntry entry)
    {
        var checkpoint = VerifySizes(entry);
        foreach (var file in checkpoint.Manifest.Files)
        {
            var sha256 = Guard(entry.Folder, file.Name, Sha256);
            if (sha256 != file.Sha256)
            {
                throw new CheckpointDamagedException(entry.Folder, $"{file.Name} has SHA-256 {sha256}, the manifest says {file.Sha256}");
            }
        }

        foreach (var owner in checkpoint.Owners)
        {
            RequireOwn(entry, owner);
        }

        return checkpoint;
    }

    // Checks presence and sizes only, which costs no reading, and that no owner's file is there which the manifest does not know.
    public static CommittedCheckpoint VerifySizes(CheckpointEntry entry)
    {
        var text = Guard(entry.Folder, ManifestFormat.FileName, path => RegularFile.ReadAllBytes(path, MostManifestBytes));
        var manifest = ManifestFormat.Read(entry.Folder, text, entry.Step);
        foreach (var file in manifest.Files)
        {
            var bytes = Guard(entry.Folder, file.Name, path => new FileInfo(path).Length);
            if (bytes != file.Bytes)
            {
                throw new CheckpointDamagedException(entry.Folder, $"{file.Name} has {bytes} bytes, the manifest says {file.Bytes}");
            }
        }

        RefuseUnlisted(entry, manifest);
        return new CommittedCheckpoint(entry.Folder, manifest, Convert.ToHexStringLower(SHA256.HashData(text)));
    }

    public static string Sha256(string path)
    {
        using var stream = RegularFile.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }

    // What nobody vouches for would be loaded all the same, by its name.
    private static void RefuseUnlisted(CheckpointEntry entry, CheckpointManifest manifest)
    {
        var listed = manifest.Files.Select(file => file.Name).ToHashSet(StringComparer.Ordinal);
        if (!listed.Any(name => name.EndsWith(CheckpointNames.OwnerExtension, StringComparison.Ordinal)))
        {
            throw new CheckpointDamagedException(entry.Folder, $"{ManifestFormat.FileName} lists no owner's file");
        }

        var files = Guard(entry.Folder, string.Empty, folder => Directory.GetFiles(folder, "*" + CheckpointNames.OwnerExtension));
        if (files.Select(path => Path.GetFileName(path)).FirstOrDefault(name => !listed.Contains(name)) is { } unlisted)
        {
            throw new CheckpointDamagedException(entry.Folder, $"{ManifestFormat.FileName} does not list {unlisted}");
        }
    }

    private static void RequireOwn(CheckpointEntry entry, string owner)
    {
        try
        {
            using var shard = SafetensorsFile.Open(Path.Combine(entry.Folder, owner + CheckpointNames.OwnerExtension));
            if (OwnerShard.Mismatch(shard, owner, entry.Step) is { } mismatch)
            {
                throw new CheckpointDamagedException(entry.Folder, mismatch);
            }
        }
        catch (Exception fault) when (fault is SafetensorsFormatException or IOException or UnauthorizedAccessException)
        {
            throw new CheckpointDamagedException(entry.Folder, fault.Message, fault);
        }
    }

    private static T Guard<T>(string folder, string file, Func<string, T> read)
    {
        try
        {
            return read(Path.Combine(folder, file));
        }
        catch (Exception fault) when (fault is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new CheckpointDamagedException(folder, $"{file} is missing", fault);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new CheckpointDamagedException(folder, $"{file} cannot be read ({fault.Message})", fault);
        }
    }
}
