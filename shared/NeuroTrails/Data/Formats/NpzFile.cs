using System.IO.Compression;

namespace NeuroTrails.Data;

/// <summary>Several named arrays in one zip archive, as <c>numpy.savez</c> writes them.</summary>
public static class NpzFile
{
    private const string Extension = ".npy";

    // Zip has no time zone and nothing earlier; a fixed time makes equal arrays equal files.
    private static readonly DateTimeOffset Epoch = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Reads all arrays.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The arrays by name.</returns>
    /// <exception cref="UserErrorException">The file is missing or damaged, or holds something other than arrays of plain numbers.</exception>
    public static IReadOnlyDictionary<string, NpyArray> Load(string path)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            return Read(file, path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw DataError.Damaged(path, "it cannot be opened: " + error.Message, "a readable file", error);
        }
    }

    /// <summary>Reads all arrays.</summary>
    /// <param name="stream">A seekable stream.</param>
    /// <param name="source">Name for messages.</param>
    /// <returns>The arrays by name.</returns>
    /// <exception cref="UserErrorException">The stream is damaged, or holds something other than arrays of plain numbers.</exception>
    public static IReadOnlyDictionary<string, NpyArray> Read(Stream stream, string source)
    {
        var arrays = new Dictionary<string, NpyArray>(StringComparer.Ordinal);
        try
        {
            using var zip = new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: true);
            foreach (var entry in zip.Entries.Where(entry => entry.FullName.EndsWith(Extension, StringComparison.Ordinal)))
            {
                using var packed = entry.Open();
                if (!arrays.TryAdd(entry.FullName[..^Extension.Length], NpyArray.Read(packed, $"{source}:{entry.FullName}")))
                {
                    throw DataError.Damaged(source, $"two arrays named {entry.FullName}", "different names");
                }
            }
        }
        catch (Exception error) when (error is InvalidDataException or IOException or NotSupportedException or ArgumentException)
        {
            throw DataError.Damaged(source, "it cannot be read: " + error.Message, "an intact npz file", error);
        }

        return arrays.Count > 0 ? arrays : throw DataError.Damaged(source, "no arrays", "at least one .npy entry");
    }

    /// <summary>Writes arrays; equal arrays give equal files.</summary>
    /// <param name="path">The file; overwritten.</param>
    /// <param name="arrays">Arrays by name.</param>
    public static void Save(string path, IEnumerable<KeyValuePair<string, NpyArray>> arrays)
    {
        using var file = File.Create(path);
        Write(file, arrays);
    }

    /// <summary>Writes arrays; equal arrays give equal bytes.</summary>
    /// <param name="stream">Where to.</param>
    /// <param name="arrays">Arrays by name.</param>
    public static void Write(Stream stream, IEnumerable<KeyValuePair<string, NpyArray>> arrays)
    {
        ArgumentNullException.ThrowIfNull(arrays);
        using var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
        foreach (var (name, array) in arrays)
        {
            var entry = zip.CreateEntry(name + Extension, CompressionLevel.Fastest);
            entry.LastWriteTime = Epoch;
            using var packed = entry.Open();
            array.Write(packed);
        }
    }
}
