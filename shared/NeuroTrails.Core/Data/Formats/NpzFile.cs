using System.IO.Compression;
using System.IO.Hashing;
using NeuroTrails.Files;

namespace NeuroTrails.Data;

/// <summary>Several named arrays in one zip archive, as <c>numpy.savez</c> writes them.</summary>
public static class NpzFile
{
    private const string Extension = ".npy";

    // Zip has no time zone and nothing earlier; a fixed time makes equal arrays equal files.
    private static readonly DateTimeOffset Epoch = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Names of the arrays; none is read.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="UserErrorException">The file is missing or damaged.</exception>
    public static IReadOnlyList<string> Names(string path) =>
        Open(path, file => Guard(file, path, zip => Members(zip).Select(Name).ToArray()));

    /// <summary>Reads arrays; whatever else is in the archive may be of any kind and compression.</summary>
    /// <param name="path">The file.</param>
    /// <param name="names">Which ones; all of them where nothing is given.</param>
    /// <returns>The arrays by name, those that are there.</returns>
    /// <exception cref="UserErrorException">
    /// The file is missing or damaged, expands to too much, or holds something other than arrays of plain numbers under these names.
    /// </exception>
    public static IReadOnlyDictionary<string, NpyArray> Load(string path, IReadOnlyCollection<string>? names = null) =>
        Open(path, file => Read(file, path, names));

    /// <summary>Reads arrays; whatever else is in the archive may be of any kind and compression.</summary>
    /// <param name="stream">A seekable stream.</param>
    /// <param name="source">Name for messages.</param>
    /// <param name="names">Which ones; all of them where nothing is given.</param>
    /// <returns>The arrays by name, those that are there.</returns>
    /// <exception cref="UserErrorException">
    /// The stream is damaged, expands to too much, or holds something other than arrays of plain numbers under these names.
    /// </exception>
    public static IReadOnlyDictionary<string, NpyArray> Read(Stream stream, string source, IReadOnlyCollection<string>? names = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return Guard(
            stream,
            source,
            zip =>
            {
                var wanted = Members(zip).Where(entry => names?.Contains(Name(entry)) ?? true).ToArray();

                // Without compression they may be as much as the file. First what they promise, then, as that may be a lie, what comes.
                var most = Math.Max(DataFile.MostExpanded, stream.Length);
                new ExpansionLimit(source, most).Add(
                    wanted.Aggregate(0L, (sum, entry) => long.CreateSaturating((Int128)sum + entry.Length))
                );
                var limit = new ExpansionLimit(source, most);
                var arrays = new Dictionary<string, NpyArray>(StringComparer.Ordinal);
                foreach (var entry in wanted)
                {
                    if (arrays.ContainsKey(Name(entry)))
                    {
                        throw DataError.Damaged(source, $"two arrays named {entry.FullName}", "different names");
                    }

                    using var packed = new LimitedStream(entry.Open(), limit, entry.Crc32);
                    arrays.Add(Name(entry), NpyArray.Read(packed, $"{source}:{entry.FullName}"));
                }

                return arrays.Count > 0 ? arrays : throw DataError.Damaged(source, "no arrays", "at least one .npy entry");
            }
        );
    }

    internal static IReadOnlyDictionary<string, NpyHeader> Headers(Stream stream, string source) =>
        Guard(
            stream,
            source,
            zip =>
            {
                var headers = new Dictionary<string, NpyHeader>(StringComparer.Ordinal);
                foreach (var entry in Members(zip))
                {
                    using var packed = entry.Open();
                    if (!headers.TryAdd(Name(entry), NpyArray.ReadHeader(packed, $"{source}:{entry.FullName}")))
                    {
                        throw DataError.Damaged(source, $"two arrays named {entry.FullName}", "different names");
                    }
                }

                return headers;
            }
        );

    /// <summary>Writes arrays; equal arrays give equal files.</summary>
    /// <param name="path">The file; overwritten.</param>
    /// <param name="arrays">Arrays by name.</param>
    /// <exception cref="UserErrorException">The disk is full or not writable; the file is then as it was.</exception>
    public static void Save(string path, IEnumerable<KeyValuePair<string, NpyArray>> arrays) =>
        AtomicFile.Write(DurableFiles.Instance, path, stream => Write(stream, arrays));

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

    private static IEnumerable<ZipArchiveEntry> Members(ZipArchive zip) =>
        zip.Entries.Where(entry => entry.FullName.EndsWith(Extension, StringComparison.Ordinal));

    private static string Name(ZipArchiveEntry entry) => entry.FullName[..^Extension.Length];

    private static T Open<T>(string path, Func<Stream, T> read)
    {
        try
        {
            using var file = RegularFile.OpenRead(path);
            return read(file);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw DataError.Damaged(path, "it cannot be opened: " + error.Message, "a readable file", error);
        }
    }

    private static T Guard<T>(Stream stream, string source, Func<ZipArchive, T> read)
    {
        try
        {
            using var zip = new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: true);
            return read(zip);
        }
        catch (Exception error) when (error is InvalidDataException or IOException or NotSupportedException or ArgumentException)
        {
            throw DataError.Damaged(source, "it cannot be read: " + error.Message, "an intact npz file", error);
        }
    }

    // Counts what comes, and compares its checksum with that of the archive, which .NET does not.
    private sealed class LimitedStream(Stream packed, ExpansionLimit limit, uint checksum) : ForwardStream
    {
        private readonly Crc32 _checksum = new();

        public override int Read(Span<byte> buffer)
        {
            var read = packed.Read(buffer);
            limit.Add(read);
            _checksum.Append(buffer[..read]);
            if (read == 0 && buffer.Length > 0 && _checksum.GetCurrentHashAsUInt32() is var seen && seen != checksum)
            {
                throw new InvalidDataException($"its checksum is wrong: the archive says {checksum:x8}, what is in it has {seen:x8}");
            }

            return read;
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                packed.Dispose();
            }

            base.Dispose(disposing);
        }
    }
}
