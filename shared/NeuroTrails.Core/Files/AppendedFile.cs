namespace NeuroTrails.Files;

/// <summary>A file that grows by whole records: of one that the disk does not take, nothing is left. Safe from any thread.</summary>
internal sealed class AppendedFile : IDisposable
{
    private readonly Stream _stream;
    private readonly Lock _gate = new();

    public AppendedFile(string path)
    {
        try
        {
            _stream = RegularFile.OpenAppend(path);
        }
        catch (Exception fault) when (StorageFaults.Explain(fault, path) is { } error)
        {
            throw error;
        }
    }

    // Appends to a stream, which must be able to shrink and must not buffer.
    internal AppendedFile(Stream stream) => _stream = stream;

    // Appends a record by one write, so that a kill leaves whole ones.
    public void Append(ReadOnlySpan<byte> record)
    {
        lock (_gate)
        {
            var length = _stream.Length;
            try
            {
                _stream.Write(record);
                _stream.Flush();
            }
            catch (IOException)
            {
                BestEffort.Do(() =>
                {
                    _stream.SetLength(length);
                    _stream.Seek(length, SeekOrigin.Begin);
                });
                throw;
            }
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _stream.Dispose();
        }
    }
}
