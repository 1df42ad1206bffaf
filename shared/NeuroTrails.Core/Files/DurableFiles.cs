namespace NeuroTrails.Files;

/// <summary>The real disk.</summary>
internal sealed class DurableFiles : IDurableFiles
{
    /// <summary>The only instance; it has no state.</summary>
    public static DurableFiles Instance { get; } = new();

    /// <inheritdoc/>
    public void CreateDirectory(string path) => Directory.CreateDirectory(path);

    /// <inheritdoc/>
    public Stream Create(string path) => RegularFile.Create(path);

    /// <inheritdoc/>
    public void Sync(Stream stream) => ((FileStream)stream).Flush(flushToDisk: true);

    /// <inheritdoc/>
    public void SyncFile(string path)
    {
        using var handle = RegularFile.OpenHandle(path);
        RandomAccess.FlushToDisk(handle);
    }

    /// <inheritdoc/>
    public void SyncDirectory(string path) => Posix.SyncDirectory(path);

    /// <inheritdoc/>
    public void MoveFile(string from, string to) => File.Move(from, to, overwrite: true);

    /// <inheritdoc/>
    public void MoveDirectory(string from, string to) => Directory.Move(from, to);

    /// <inheritdoc/>
    public void DeleteFile(string path)
    {
        if (File.Exists(path))
        {
            File.Delete(path);
        }
    }

    /// <inheritdoc/>
    public void DeleteDirectory(string path)
    {
        if (Directory.Exists(path))
        {
            Directory.Delete(path, recursive: true);
        }
    }
}
