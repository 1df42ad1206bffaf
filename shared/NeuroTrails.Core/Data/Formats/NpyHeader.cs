using System.Globalization;

namespace NeuroTrails.Data;

/// <summary>The dictionary at the start of an npy file.</summary>
/// <param name="Type">Element type.</param>
/// <param name="BigEndian">Byte order.</param>
/// <param name="FortranOrder">Whether the first dimension runs fastest.</param>
/// <param name="Sizes">Size of each dimension; empty for a single value.</param>
internal sealed record NpyHeader(NpyType Type, bool BigEndian, bool FortranOrder, int[] Sizes)
{
    private static readonly string[] Codes = ["b1", "i1", "u1", "i2", "u2", "i4", "u4", "i8", "u8", "f2", "f4", "f8"];

    public int ElementBytes => Codes[(int)Type][1] - '0';

    // Number of elements; the parser has made sure that their bytes fit one array.
    public int Count => Sizes.Aggregate(1, (product, size) => product * size);

    // The dictionary as numpy writes it, little-endian and in C order.
    public static string Format(NpyType type, ReadOnlySpan<int> sizes)
    {
        var order = type <= NpyType.UInt8 ? '|' : '<';
        var shape = string.Join(", ", sizes.ToArray().Select(size => size.ToString(CultureInfo.InvariantCulture)));
        return $"{{'descr': '{order}{Codes[(int)type]}', 'fortran_order': False, 'shape': "
            + $"({shape}{(sizes.Length == 1 ? "," : string.Empty)}), }}";
    }

    // Parses the dictionary: exactly the three keys, in any order.
    public static NpyHeader Parse(string text, string source)
    {
        var scanner = new NpyScanner(text, source);
        string? descr = null;
        bool? fortran = null;
        int[]? sizes = null;
        scanner.Expect('{');
        while (!scanner.Accept('}'))
        {
            var key = scanner.Quoted();
            scanner.Expect(':');
            switch (key)
            {
                case "descr" when descr is null:
                    descr = scanner.Quoted();
                    break;
                case "fortran_order" when fortran is null:
                    fortran = scanner.Boolean();
                    break;
                case "shape" when sizes is null:
                    sizes = scanner.Tuple();
                    break;
                default:
                    throw scanner.Fault($"the key '{key}'");
            }

            if (!scanner.Accept(','))
            {
                scanner.Expect('}');
                break;
            }
        }

        scanner.End();
        if (descr is null || fortran is null || sizes is null)
        {
            throw scanner.Fault("a key missing");
        }

        // Without a byte order it is the machine's, as for numpy.
        var order = descr.Length == 3 ? descr[0] : '=';
        var type = descr.Length is 2 or 3 ? Array.IndexOf(Codes, descr[^2..]) : -1;
        if (type < 0 || !"<>|=".Contains(order, StringComparison.Ordinal))
        {
            throw DataError.Damaged(source, $"elements of type '{descr}'", $"a plain number type: {string.Join(", ", Codes)}");
        }

        var header = new NpyHeader((NpyType)type, order == '>', fortran.Value, sizes);
        CheckSize(header, source);
        return header;
    }

    private static void CheckSize(NpyHeader header, string source)
    {
        // The product without zeros, so that a zero cannot hide sizes that overflow.
        var bytes = (long)header.ElementBytes;
        foreach (var size in header.Sizes)
        {
            bytes *= Math.Max(size, 1);
            if (bytes > Array.MaxLength)
            {
                throw DataError.Damaged(source, $"an array [{string.Join(", ", header.Sizes)}]", $"at most {Array.MaxLength} bytes");
            }
        }
    }
}
