using System.Text;

namespace NeuroTrails.Files;

/// <summary>Replaces a small file so that a reader, or a crash, sees the old content or the new one and nothing between.</summary>
public static class AtomicFile
{
    private const string TemporarySuffix = ".tmp";

    /// <summary>Replaces a file's text, in UTF-8.</summary>
    /// <param name="path">The file.</param>
    /// <param name="text">Its new content.</param>
    /// <exception cref="UserErrorException">The disk is full, or the folder is not writable.</exception>
    public static void WriteAllText(string path, string text) => WriteAllBytes(path, Encoding.UTF8.GetBytes(text));

    /// <summary>Replaces a file's content.</summary>
    /// <param name="path">The file.</param>
    /// <param name="bytes">Its new content.</param>
    /// <exception cref="UserErrorException">The disk is full, or the folder is not writable.</exception>
    public static void WriteAllBytes(string path, ReadOnlySpan<byte> bytes)
    {
        var copy = bytes.ToArray();
        Write(DurableFiles.Instance, path, stream => stream.Write(copy), copy.Length);
    }

    /// <summary>Replaces a file by what a function writes.</summary>
    /// <param name="files">The disk.</param>
    /// <param name="path">The file.</param>
    /// <param name="write">Writes the new content.</param>
    /// <param name="bytesNeeded">How much that is, for the message of a full disk.</param>
    internal static void Write(IDurableFiles files, string path, Action<Stream> write, long? bytesNeeded = null)
    {
        var temporary = path + TemporarySuffix;
        try
        {
            using (var stream = files.Create(temporary))
            {
                write(stream);
                files.Sync(stream);
            }

            files.MoveFile(temporary, path);
            files.SyncDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        }
        catch (Exception fault)
        {
            BestEffort.Do(() => files.DeleteFile(temporary));
            if (StorageFaults.Explain(fault, path, bytesNeeded) is { } error)
            {
                throw error;
            }

            throw;
        }
    }
}
