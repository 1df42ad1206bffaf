using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using NeuroTrails.Files;

namespace NeuroTrails.Data;

/// <summary>
/// An array of plain numbers as numpy stores it, in memory little-endian and in C order.
/// Source: the numpy documentation, "NEP 1: a simple file format for NumPy arrays" (versions 1.0, 2.0 and 3.0).
/// </summary>
public sealed class NpyArray
{
    private static readonly byte[] Magic = [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];
    private const int MostHeader = 1 << 20;
    private readonly int[] sizes;
    private readonly byte[] bytes;

    private NpyArray(NpyType type, int[] sizes, byte[] bytes)
    {
        Type = type;
        this.sizes = sizes;
        this.bytes = bytes;
        Count = sizes.Aggregate(1, (product, size) => checked(product * size));
    }

    /// <summary>Element type.</summary>
    public NpyType Type { get; }

    /// <summary>Size of each dimension, slowest first; empty for a single value.</summary>
    public IReadOnlyList<int> Sizes => sizes;

    /// <summary>Number of elements.</summary>
    public int Count { get; }

    /// <summary>The elements' bytes, little-endian, last dimension fastest.</summary>
    public ReadOnlySpan<byte> Bytes => bytes;

    internal ReadOnlyMemory<byte> Memory => bytes;

    /// <summary>The sizes for messages, such as <c>[10, 3]</c>.</summary>
    public string Shape => $"[{string.Join(", ", sizes)}]";

    /// <summary>Makes an array of the given numbers.</summary>
    /// <typeparam name="T">One of the types of <see cref="NpyType"/>.</typeparam>
    /// <param name="values">Elements, last dimension fastest; copied.</param>
    /// <param name="sizes">Size of each dimension; their product is the number of values.</param>
    /// <returns>The array.</returns>
    public static NpyArray From<T>(ReadOnlySpan<T> values, params int[] sizes)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(sizes);
        ArgumentOutOfRangeException.ThrowIfNotEqual(values.Length, sizes.Aggregate(1, (product, size) => checked(product * size)));
        var bytes = MemoryMarshal.AsBytes(values).ToArray();
        NpyBytes.SwapUnless(BitConverter.IsLittleEndian, bytes, bytes.Length / Math.Max(values.Length, 1));
        return new NpyArray(NpyBytes.TypeOf<T>(), [.. sizes], bytes);
    }

    // Makes an array of elements that are bytes already.
    internal static NpyArray Of(NpyType type, int[] sizes, byte[] bytes) => new(type, sizes, bytes);

    /// <summary>Reads a file, gzip or plain.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The array.</returns>
    /// <exception cref="UserErrorException">The file is missing, damaged, or holds something other than plain numbers.</exception>
    public static NpyArray Load(string path)
    {
        using var stream = DataFile.Open(path);
        return Read(stream, path);
    }

    /// <summary>Reads a stream to its end.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="source">Name for messages.</param>
    /// <returns>The array.</returns>
    /// <exception cref="UserErrorException">The stream is damaged or holds something other than plain numbers.</exception>
    public static NpyArray Read(Stream stream, string source)
    {
        var header = ReadHeader(stream, source);
        var bytes = DataFile.ReadExactly(
            stream,
            (long)header.Count * header.ElementBytes,
            source,
            $"npy values [{string.Join(", ", header.Sizes)}]"
        );
        DataFile.RequireEnd(stream, source, "the npy values");
        NpyBytes.SwapUnless(!header.BigEndian, bytes, header.ElementBytes);
        return new NpyArray(
            header.Type,
            header.Sizes,
            header.FortranOrder ? NpyBytes.ToRowMajor(bytes, header.Sizes, header.ElementBytes) : bytes
        );
    }

    // Reads the start of a stream, up to the first value.
    internal static NpyHeader ReadHeader(Stream stream, string source)
    {
        var start = DataFile.ReadExactly(stream, 8, source, "the npy header");
        if (!start.AsSpan(0, 6).SequenceEqual(Magic) || start[6] is < 1 or > 3 || start[7] != 0)
        {
            throw DataError.Damaged(source, $"the first bytes {Convert.ToHexStringLower(start)}", "an npy file of version 1.0, 2.0 or 3.0");
        }

        var stored = DataFile.ReadExactly(stream, start[6] == 1 ? 2 : 4, source, "the npy header");
        var length = stored.Length == 2 ? BinaryPrimitives.ReadUInt16LittleEndian(stored) : BinaryPrimitives.ReadUInt32LittleEndian(stored);
        if (length > MostHeader)
        {
            throw DataError.Damaged(source, $"an npy header of {length} bytes", $"at most {MostHeader}");
        }

        return NpyHeader.Parse(Encoding.UTF8.GetString(DataFile.ReadExactly(stream, length, source, "the npy header")), source);
    }

    /// <summary>Writes the array as version 1.0, as numpy does.</summary>
    /// <param name="stream">Where to.</param>
    public void Write(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        var text = NpyHeader.Format(Type, sizes);

        // Values start at a multiple of 64, so that the file can be mapped.
        var padded = (10 + text.Length + 1 + 63) / 64 * 64;
        var header = new byte[padded];
        Magic.CopyTo(header, 0);
        header[6] = 1;
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(8), checked((ushort)(padded - 10)));
        header.AsSpan(10).Fill((byte)' ');
        Encoding.ASCII.GetBytes(text, header.AsSpan(10));
        header[^1] = (byte)'\n';
        stream.Write(header);
        stream.Write(bytes);
    }

    /// <summary>Writes a file.</summary>
    /// <param name="path">The file; overwritten.</param>
    /// <exception cref="UserErrorException">The disk is full or not writable; the file is then as it was.</exception>
    public void Save(string path) => AtomicFile.Write(DurableFiles.Instance, path, Write);

    /// <summary>The elements as float32, rounded to nearest where they have more digits.</summary>
    /// <returns>A new array.</returns>
    public float[] ToSingles() => NpyBytes.Convert(Type, bytes, value => (float)value, value => value, value => value);

    /// <summary>The elements as 64-bit integers.</summary>
    /// <returns>A new array.</returns>
    /// <exception cref="InvalidCastException">An element is not a whole number in range.</exception>
    public long[] ToInt64s() =>
        NpyBytes.Convert(
            Type,
            bytes,
            NpyBytes.Whole,
            value => value,
            value => value <= long.MaxValue ? (long)value : throw new InvalidCastException($"{value} is above 2^63-1")
        );
}
