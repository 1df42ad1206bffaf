namespace NeuroTrails.Files;

/// <summary>A file that grows by whole records: of one that the disk does not take, nothing is left. Safe from any thread.</summary>
public sealed class AppendedFile : IDisposable
{
    private readonly Stream _stream;
    private readonly Lock _gate = new();

    /// <summary>Opens a file to append to it, and makes it where there is none.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="UserErrorException">It cannot be written, or something else than a file lies there.</exception>
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

    /// <summary>Appends to a stream, which must be able to shrink and must not buffer.</summary>
    internal AppendedFile(Stream stream) => _stream = stream;

    /// <summary>Appends a record by one write, so that a kill leaves whole ones.</summary>
    /// <param name="record">The bytes, with their newline.</param>
    /// <exception cref="IOException">The disk is full, or refuses.</exception>
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

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            _stream.Dispose();
        }
    }
}
