using System.Security.Cryptography;

namespace NeuroTrails.Checkpoints;

/// <summary>Compares a checkpoint's files with its manifest.</summary>
internal static class CheckpointVerifier
{
    /// <summary>Checks presence, sizes and hashes of all files.</summary>
    /// <param name="entry">Which one.</param>
    /// <exception cref="CheckpointDamagedException">Something is missing, has another size or another content.</exception>
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

        return checkpoint;
    }

    /// <summary>Checks presence and sizes only, which costs no reading.</summary>
    /// <param name="entry">Which one.</param>
    /// <exception cref="CheckpointDamagedException">Something is missing or has another size.</exception>
    public static CommittedCheckpoint VerifySizes(CheckpointEntry entry)
    {
        var text = Guard(entry.Folder, ManifestFormat.FileName, File.ReadAllBytes);
        var manifest = ManifestFormat.Read(entry.Folder, text, entry.Step);
        foreach (var file in manifest.Files)
        {
            var bytes = Guard(entry.Folder, file.Name, path => new FileInfo(path).Length);
            if (bytes != file.Bytes)
            {
                throw new CheckpointDamagedException(entry.Folder, $"{file.Name} has {bytes} bytes, the manifest says {file.Bytes}");
            }
        }

        return new CommittedCheckpoint(entry.Folder, manifest, Convert.ToHexStringLower(SHA256.HashData(text)));
    }

    /// <summary>Lower-case hexadecimal SHA-256 of a file.</summary>
    public static string Sha256(string path)
    {
        using var stream = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
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
