using System.Text;

namespace NeuroTrails.Files;

/// <summary>Replaces a small file so that a reader, or a crash, sees the old content or the new one and nothing between.</summary>
internal static class AtomicFile
{
    private const string TemporarySuffix = ".tmp";

    public static void WriteAllText(string path, string text) => WriteAllBytes(path, Encoding.UTF8.GetBytes(text));

    public static void WriteAllBytes(string path, ReadOnlySpan<byte> bytes)
    {
        var copy = bytes.ToArray();
        Write(DurableFiles.Instance, path, stream => stream.Write(copy), copy.Length);
    }

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
