using System.Buffers.Binary;
using Microsoft.Win32.SafeHandles;
using NeuroTrails.Files;

namespace NeuroTrails.Formats;

/// <summary>
/// An open safetensors file: the header is read and checked, tensors are read one at a time on request.
/// Positioned reads rather than a memory map: a file cut short under our feet then is an exception, not a signal that kills the process.
/// Safe for concurrent readers.
/// </summary>
public sealed class SafetensorsFile : IDisposable
{
    private readonly SafeFileHandle _handle;
    private readonly Dictionary<string, StoredTensorInfo> _byName;

    private SafetensorsFile(
        string path,
        SafeFileHandle handle,
        List<StoredTensorInfo> tensors,
        IReadOnlyDictionary<string, string> metadata
    )
    {
        Path = path;
        _handle = handle;
        Tensors = tensors;
        Metadata = metadata;
        _byName = tensors.ToDictionary(t => t.Name, StringComparer.Ordinal);
    }

    /// <summary>Where the file lies.</summary>
    public string Path { get; }

    /// <summary>All tensors, in the order of their data.</summary>
    public IReadOnlyList<StoredTensorInfo> Tensors { get; }

    /// <summary>The header's <c>__metadata__</c>; empty where it has none.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>Opens a file and checks its whole header.</summary>
    /// <param name="path">Path of the file.</param>
    /// <exception cref="SafetensorsFormatException">The header is malformed, or the data does not fit it.</exception>
    /// <exception cref="IOException">The file is missing, no regular file, or cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static SafetensorsFile Open(string path)
    {
        var handle = RegularFile.OpenHandle(path);
        try
        {
            var length = RandomAccess.GetLength(handle);
            var prefix = new byte[SafetensorsHeader.LengthBytes];
            if (length < prefix.Length)
            {
                throw new SafetensorsFormatException(path, 0, $"a file of {length} bytes", $"at least {prefix.Length}");
            }

            ReadExactly(path, handle, prefix, 0);
            var headerBytes = BinaryPrimitives.ReadUInt64LittleEndian(prefix);
            var limit = Math.Min(SafetensorsHeader.MaximumBytes, length - prefix.Length);
            if (headerBytes > (ulong)limit)
            {
                throw new SafetensorsFormatException(
                    path,
                    0,
                    $"a header of {headerBytes} bytes",
                    $"at most {limit} in this file of {length} bytes"
                );
            }

            var text = new byte[(int)headerBytes];
            ReadExactly(path, handle, text, prefix.Length);
            var header = new SafetensorsHeaderParser(path, text).Parse();
            var dataStart = prefix.Length + (long)headerBytes;
            var tensors = SafetensorsLayout.Check(path, header, dataStart, length - dataStart);
            return new SafetensorsFile(path, handle, tensors, header.Metadata);
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }

    /// <summary>Whether the file holds a tensor of that name.</summary>
    /// <param name="name">Full name.</param>
    public bool Contains(string name) => _byName.ContainsKey(name);

    /// <summary>Where a tensor lies.</summary>
    /// <param name="name">Full name.</param>
    /// <exception cref="KeyNotFoundException">No such tensor; the message names the nearest neighbours.</exception>
    public StoredTensorInfo Info(string name) =>
        _byName.TryGetValue(name, out var info)
            ? info
            : throw new KeyNotFoundException(
                $"{Path}: no tensor '{name}' among its {Tensors.Count}: "
                    + $"{string.Join(", ", Tensors.Take(8).Select(t => t.Name))}{(Tensors.Count > 8 ? ", …" : "")}"
            );

    /// <summary>Reads one tensor into memory of its own, aligned for any element type.</summary>
    /// <param name="name">Full name.</param>
    /// <exception cref="SafetensorsFormatException">The file was cut short since it was opened.</exception>
    /// <exception cref="NotSupportedException">More than 2 GiB; use <see cref="ReadInto"/> part by part.</exception>
    public StoredTensor Read(string name)
    {
        var info = Info(name);
        if (info.Bytes > Array.MaxLength)
        {
            throw new NotSupportedException(
                $"{Path}: '{name}' has {info.Bytes} bytes, more than one array holds ({Array.MaxLength}); read it in parts with "
                    + $"{nameof(ReadInto)}"
            );
        }

        var data = GC.AllocateUninitializedArray<byte>((int)info.Bytes);
        ReadExactly(Path, _handle, data, info.Offset);
        return new StoredTensor(name, info.DType, info.Shape, data);
    }

    /// <summary>Reads a part of a tensor into memory of the caller's, such as a tensor library's own.</summary>
    /// <param name="name">Full name.</param>
    /// <param name="destination">Filled completely.</param>
    /// <param name="skip">Bytes of the tensor to leave out in front.</param>
    /// <exception cref="ArgumentOutOfRangeException">The part goes beyond the tensor.</exception>
    /// <exception cref="SafetensorsFormatException">The file was cut short since it was opened.</exception>
    public void ReadInto(string name, Span<byte> destination, long skip = 0)
    {
        var info = Info(name);
        if (skip < 0 || skip > info.Bytes - destination.Length)
        {
            throw new ArgumentOutOfRangeException(
                nameof(skip),
                skip,
                $"'{name}' has {info.Bytes} bytes, {destination.Length} were asked for"
            );
        }

        ReadExactly(Path, _handle, destination, info.Offset + skip);
    }

    /// <inheritdoc/>
    public void Dispose() => _handle.Dispose();

    private static void ReadExactly(string path, SafeFileHandle handle, Span<byte> destination, long offset)
    {
        while (!destination.IsEmpty)
        {
            var read = RandomAccess.Read(handle, destination, offset);
            if (read == 0)
            {
                throw new SafetensorsFormatException(
                    path,
                    offset,
                    "the end of the file",
                    $"{destination.Length} more bytes; it was cut short while open"
                );
            }

            destination = destination[read..];
            offset += read;
        }
    }
}
