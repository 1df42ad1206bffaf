namespace NeuroTrails.Files;

/// <summary>The real disk.</summary>
internal sealed class DurableFiles : IDurableFiles
{
    public static DurableFiles Instance { get; } = new();

    public void CreateDirectory(string path) => Directory.CreateDirectory(path);

    public Stream Create(string path) => RegularFile.Create(path);

    public void Sync(Stream stream) => ((FileStream)stream).Flush(flushToDisk: true);

    public void SyncFile(string path)
    {
        using var handle = RegularFile.OpenHandle(path);
        RandomAccess.FlushToDisk(handle);
    }

    public void SyncDirectory(string path) => Posix.SyncDirectory(path);

    public void MoveFile(string from, string to) => File.Move(from, to, overwrite: true);

    public void MoveDirectory(string from, string to) => Directory.Move(from, to);

    public void DeleteFile(string path)
    {
        if (File.Exists(path))
        {
            File.Delete(path);
        }
    }

    public void DeleteDirectory(string path)
    {
        if (Directory.Exists(path))
        {
            Directory.Delete(path, recursive: true);
        }
    }
}
