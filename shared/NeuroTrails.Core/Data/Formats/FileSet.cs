using System.Formats.Tar;

namespace NeuroTrails.Data;

/// <summary>Files by name, whether in a folder or in a <c>.tar.gz</c>. Nothing is ever unpacked to disk.</summary>
internal sealed class FileSet
{
    // More than all files together of the archives we read; a guard against archives made to exhaust memory.
    private const long Largest = 400_000_000;
    private readonly string source;
    private readonly Dictionary<string, byte[]>? packed;

    private FileSet(string source, Dictionary<string, byte[]>? packed)
    {
        this.source = source;
        this.packed = packed;
    }

    public static FileSet Folder(string path) => new(path, null);

    // Some files of an archive, whatever folder within it they are in.
    public static FileSet Archive(string path, IReadOnlyCollection<string> wanted)
    {
        var files = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        using var stream = DataFile.Open(path);
        var limit = new ExpansionLimit(path, Largest);
        try
        {
            using var tar = new TarReader(new TarRecords(stream, path));
            while (files.Count < wanted.Count && tar.GetNextEntry() is { } entry)
            {
                var name = entry.Name[(entry.Name.LastIndexOf('/') + 1)..];
                if (
                    entry.EntryType is TarEntryType.RegularFile or TarEntryType.V7RegularFile
                    && wanted.Contains(name)
                    && entry.DataStream is { } data
                )
                {
                    limit.Add(entry.Length);
                    files[name] = DataFile.ReadExactly(data, entry.Length, path, name);
                }
            }
        }
        catch (Exception error)
            when (error
                    is IOException
                        or InvalidDataException
                        or FormatException
                        or ArgumentException
                        or NotSupportedException
                        or OverflowException
                        or InvalidOperationException
            )
        {
            throw DataError.Damaged(path, "it cannot be read: " + error.Message, "an intact .tar.gz", error);
        }

        return new FileSet(path, files);
    }

    public static byte[] ReadFile(string path)
    {
        using var stream = DataFile.Open(path);
        return DataFile.ReadToEnd(stream, Largest, path);
    }

    public string Name(string file) => packed is null ? Path.Combine(source, file) : $"{source}:{file}";

    public byte[] Read(string file) => TryRead(file) ?? throw DataError.Damaged(source, $"no {file}", $"a file {file}");

    // The bytes of a file, or null where it is not there.
    public byte[]? TryRead(string file)
    {
        if (packed is not null)
        {
            return packed.GetValueOrDefault(file);
        }

        var path = Path.Combine(source, file);
        return File.Exists(path) ? ReadFile(path) : null;
    }
}
