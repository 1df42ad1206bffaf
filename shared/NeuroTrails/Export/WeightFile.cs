using NeuroTrails.Data;
using NeuroTrails.Files;
using NeuroTrails.Formats;

namespace NeuroTrails.Export;

/// <summary>An open file of tensors, safetensors or npz: what it holds is known from its headers, values are read on request.</summary>
internal sealed class WeightFile : IDisposable
{
    public static readonly IReadOnlyList<string> Endings = [".safetensors", ".npz"];

    private readonly SafetensorsFile? _safetensors;
    private readonly FileStream? _npz;

    private WeightFile(string path, SafetensorsFile safetensors)
    {
        (Path, _safetensors, Metadata) = (path, safetensors, safetensors.Metadata);
        Tensors = safetensors.Tensors.ToDictionary(
            info => info.Name,
            info => (info.DType.ToString(), (IReadOnlyList<long>)info.Shape),
            StringComparer.Ordinal
        );
    }

    private WeightFile(string path, FileStream npz)
    {
        (Path, _npz) = (path, npz);
        Tensors = NpzFile
            .Headers(npz, path)
            .ToDictionary(
                pair => pair.Key,
                pair => (TypeName(pair.Value.Type), (IReadOnlyList<long>)[.. pair.Value.Sizes.Select(size => (long)size)]),
                StringComparer.Ordinal
            );
    }

    public string Path { get; }

    // Element type (as StoredDType names it, where it does) and shape of every tensor.
    public IReadOnlyDictionary<string, (string Type, IReadOnlyList<long> Shape)> Tensors { get; }

    public IReadOnlyDictionary<string, string> Metadata { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    public static WeightFile Open(string path) =>
        Guard(
            path,
            () =>
            {
                if (!System.IO.Path.GetExtension(path).Equals(Endings[1], StringComparison.OrdinalIgnoreCase))
                {
                    return new WeightFile(path, SafetensorsFile.Open(path));
                }

                var npz = RegularFile.OpenRead(path);
                try
                {
                    return new WeightFile(path, npz);
                }
                catch
                {
                    npz.Dispose();
                    throw;
                }
            }
        );

    // Elements in C order, little-endian.
    public IReadOnlyDictionary<string, ReadOnlyMemory<byte>> Read(IReadOnlyCollection<string> names) =>
        Guard(
            Path,
            () =>
                _npz is not null
                    ? NpzFile.Read(_npz, Path, names).ToDictionary(pair => pair.Key, pair => pair.Value.Memory, StringComparer.Ordinal)
                    : names.ToDictionary(name => name, name => _safetensors!.Read(name).Data, StringComparer.Ordinal)
        );

    public void Dispose()
    {
        _safetensors?.Dispose();
        _npz?.Dispose();
    }

    private static T Guard<T>(string path, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (UserErrorException fault)
        {
            // It speaks of data, and of the options that name these.
            throw Damaged(DataError.WithoutRemedy(fault), fault);
        }
        catch (SafetensorsFormatException fault)
        {
            throw Damaged(fault.Message, fault);
        }
        catch (NotSupportedException fault)
        {
            throw Damaged(fault.Message, fault);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw Damaged($"{path}: it cannot be read: {fault.Message}", fault);
        }

        static UserErrorException Damaged(string seen, Exception fault) =>
            new($"--init-from: {seen.TrimEnd('.')}. Give an intact file, or the folder of a run.", fault);
    }

    private static string TypeName(NpyType type) =>
        type switch
        {
            NpyType.Boolean => nameof(StoredDType.BOOL),
            NpyType.UInt8 => nameof(StoredDType.U8),
            NpyType.Int8 => nameof(StoredDType.I8),
            NpyType.Int16 => nameof(StoredDType.I16),
            NpyType.Int32 => nameof(StoredDType.I32),
            NpyType.Int64 => nameof(StoredDType.I64),
            NpyType.Float16 => nameof(StoredDType.F16),
            NpyType.Float32 => nameof(StoredDType.F32),
            NpyType.Float64 => nameof(StoredDType.F64),
            _ => type.ToString(),
        };
}
