using System.Buffers.Binary;

namespace NeuroTrails.Data;

/// <summary>
/// An array of bytes in the idx format of MNIST: two zero bytes, a type code, the rank, the big-endian sizes, then the values.
/// Source: http://yann.lecun.com/exdb/mnist/ ("the IDX file format").
/// </summary>
internal sealed record IdxArray(int[] Sizes, byte[] Values)
{
    private const byte UnsignedByte = 0x08;
    private const int MaxRank = 4;

    public static IdxArray Load(string path)
    {
        using var stream = DataFile.Open(path);
        return Read(stream, path);
    }

    public static IdxArray Read(Stream stream, string source)
    {
        var magic = DataFile.ReadExactly(stream, 4, source, "the idx header");
        if (magic[0] != 0 || magic[1] != 0)
        {
            throw DataError.Damaged(source, $"the first bytes {magic[0]:x2} {magic[1]:x2}", "an idx file, which starts with 00 00");
        }

        if (magic[2] != UnsignedByte || magic[3] is 0 or > MaxRank)
        {
            throw DataError.Damaged(
                source,
                $"idx type code {magic[2]:x2} with {magic[3]} dimensions",
                $"unsigned bytes (08) with 1 to {MaxRank} dimensions"
            );
        }

        var header = DataFile.ReadExactly(stream, 4 * magic[3], source, "the idx header");
        var sizes = new int[magic[3]];
        var total = 1L;
        for (var i = 0; i < sizes.Length; i++)
        {
            sizes[i] = BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(4 * i));
            if (sizes[i] <= 0 || (total *= sizes[i]) > Array.MaxLength)
            {
                throw DataError.Damaged(
                    source,
                    $"dimension {i} of size {sizes[i]}",
                    $"sizes of at least 1 and at most {Array.MaxLength} values in all"
                );
            }
        }

        var values = DataFile.ReadExactly(stream, total, source, $"idx values [{string.Join(", ", sizes)}]");
        DataFile.RequireEnd(stream, source, $"{total} idx values");
        return new IdxArray(sizes, values);
    }
}
