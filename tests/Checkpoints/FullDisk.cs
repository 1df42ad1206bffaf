using NeuroTrails.Files;

namespace NeuroTrails.Tests.Checkpoints;

/// <summary>A disk with room for some more bytes, or one that may not be written at all.</summary>
internal sealed class FullDisk(long room, bool forbidden = false) : IDurableFiles
{
    private readonly DurableFiles _disk = DurableFiles.Instance;
    private long _room = room;

    public void CreateDirectory(string path)
    {
        if (forbidden)
        {
            throw new UnauthorizedAccessException($"Access to the path '{path}' is denied.");
        }

        _disk.CreateDirectory(path);
    }

    public Stream Create(string path) => new FullStream(this, _disk.Create(path));

    public void Sync(Stream stream) => _disk.Sync(((FullStream)stream).Inner);

    public void SyncFile(string path) => _disk.SyncFile(path);

    public void SyncDirectory(string path) => _disk.SyncDirectory(path);

    public void MoveFile(string from, string to) => _disk.MoveFile(from, to);

    public void MoveDirectory(string from, string to) => _disk.MoveDirectory(from, to);

    public void DeleteFile(string path) => _disk.DeleteFile(path);

    public void DeleteDirectory(string path) => _disk.DeleteDirectory(path);

    private sealed class FullStream(FullDisk disk, Stream inner) : MemoryStream
    {
        public Stream Inner => inner;

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            disk._room -= buffer.Length;
            if (disk._room < 0)
            {
                throw new IOException("No space left on device", 28);
            }

            inner.Write(buffer);
        }

        protected override void Dispose(bool disposing)
        {
            inner.Dispose();
            base.Dispose(disposing);
        }
    }
}
