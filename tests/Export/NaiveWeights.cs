using System.Buffers.Binary;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace NeuroTrails.Tests.Export;

/// <summary>A tensor as it lies in a file.</summary>
internal sealed record NaiveTensor(string Type, long[] Shape, byte[] Bytes)
{
    public bool IsAs(NaiveTensor other) => Type == other.Type && Shape.SequenceEqual(other.Shape) && Bytes.SequenceEqual(other.Bytes);
}

/// <summary>Reads and writes files of weights by what their formats' descriptions say, without the product's own readers.</summary>
internal static partial class NaiveWeights
{
    private static readonly Dictionary<string, (string Type, int Size)> Npy = new()
    {
        ["|b1"] = ("BOOL", 1),
        ["<i8"] = ("I64", 8),
        ["<f2"] = ("F16", 2),
        ["<f4"] = ("F32", 4),
        ["<f8"] = ("F64", 8),
    };

    public static Dictionary<string, NaiveTensor> Read(string path) =>
        path.EndsWith(".npz", StringComparison.Ordinal) ? ReadNpz(path) : ReadSafetensors(path).Tensors;

    public static (Dictionary<string, NaiveTensor> Tensors, Dictionary<string, string> Metadata) ReadSafetensors(string path)
    {
        var bytes = File.ReadAllBytes(path);
        var length = BitConverter.ToInt32(bytes);
        var (tensors, metadata) = (new Dictionary<string, NaiveTensor>(), new Dictionary<string, string>());
        using var header = JsonDocument.Parse(bytes.AsMemory(8, length));
        foreach (var member in header.RootElement.EnumerateObject())
        {
            if (member.Name == "__metadata__")
            {
                metadata = member.Value.EnumerateObject().ToDictionary(pair => pair.Name, pair => pair.Value.GetString()!);
                continue;
            }

            var (type, place) = (member.Value.GetProperty("dtype").GetString()!, member.Value.GetProperty("data_offsets"));
            var (begin, end) = (8 + length + place[0].GetInt32(), 8 + length + place[1].GetInt32());

            // As PyTorch wants it: it looks at the file's bytes as values where they lie.
            Assert.Equal(0, begin % Npy.Values.Single(known => known.Type == type).Size);
            long[] shape = [.. member.Value.GetProperty("shape").EnumerateArray().Select(size => size.GetInt64())];
            tensors.Add(member.Name, new(type, shape, bytes[begin..end]));
        }

        return (tensors, metadata);
    }

    public static void Write(string path, IReadOnlyDictionary<string, NaiveTensor> tensors)
    {
        using var file = File.Create(path);
        if (path.EndsWith(".npz", StringComparison.Ordinal))
        {
            WriteNpz(file, tensors);
            return;
        }

        var end = 0;
        var entries = tensors.Select(pair =>
            $"\"{pair.Key}\":{{\"dtype\":\"{pair.Value.Type}\",\"shape\":[{string.Join(',', pair.Value.Shape)}],"
            + $"\"data_offsets\":[{end},{end += pair.Value.Bytes.Length}]}}"
        );
        var header = Encoding.UTF8.GetBytes($"{{{string.Join(',', entries)}}}");
        file.Write(BitConverter.GetBytes((long)header.Length));
        file.Write(header);
        foreach (var tensor in tensors.Values)
        {
            file.Write(tensor.Bytes);
        }
    }

    private static Dictionary<string, NaiveTensor> ReadNpz(string path)
    {
        var tensors = new Dictionary<string, NaiveTensor>();
        using var zip = ZipFile.OpenRead(path);
        foreach (var entry in zip.Entries)
        {
            Assert.EndsWith(".npy", entry.FullName, StringComparison.Ordinal);
            using var unpacked = new MemoryStream();
            using (var packed = entry.Open())
            {
                packed.CopyTo(unpacked);
            }

            var bytes = unpacked.ToArray();
            Assert.Equal([0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y', 1, 0], bytes[..8]);
            var start = 10 + BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(8));
            var header = Header().Match(Encoding.ASCII.GetString(bytes, 10, start - 10));
            Assert.True(header.Success);
            long[] shape =
            [
                .. header
                    .Groups[2]
                    .Value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                    .Select(size => long.Parse(size, CultureInfo.InvariantCulture)),
            ];
            var (type, size) = Npy[header.Groups[1].Value];
            Assert.Equal(shape.Aggregate((long)size, (product, extent) => product * extent), bytes.Length - start);
            tensors.Add(entry.FullName[..^4], new(type, shape, bytes[start..]));
        }

        return tensors;
    }

    private static void WriteNpz(Stream file, IReadOnlyDictionary<string, NaiveTensor> tensors)
    {
        using var zip = new ZipArchive(file, ZipArchiveMode.Create);
        foreach (var (name, (type, shape, bytes)) in tensors)
        {
            var code = Npy.Single(pair => pair.Value.Type == type).Key;
            var text = $"{{'descr': '{code}', 'fortran_order': False, 'shape': ({string.Concat(shape.Select(size => $"{size}, "))})}}\n";
            using var packed = zip.CreateEntry($"{name}.npy", CompressionLevel.NoCompression).Open();
            packed.Write([0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y', 1, 0]);
            packed.Write(BitConverter.GetBytes((short)text.Length));
            packed.Write(Encoding.ASCII.GetBytes(text));
            packed.Write(bytes);
        }
    }

    [GeneratedRegex(@"^\{'descr': '([|<]\w\d)', 'fortran_order': False, 'shape': \(([\d, ]*)\), \} *\n$")]
    private static partial Regex Header();
}
