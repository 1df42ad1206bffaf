using System.Text;
using System.Text.Unicode;

namespace NeuroTrails.Data;

/// <summary>The bytes of a table as text: UTF-8 with or without a byte order mark, or UTF-16 with one.</summary>
internal static class CsvText
{
    public static StreamReader Open(byte[] file, string source)
    {
        // Letters that cannot be read would all become the same sign, and so two classes one.
        if (file is not ([0xFF, 0xFE, ..] or [0xFE, 0xFF, ..]) && !Utf8.IsValid(file))
        {
            var (line, column) = FirstInvalid(file);
            throw DataError.Damaged($"{source}, line {line}", $"byte {column} is no UTF-8", "text in UTF-8");
        }

        return new StreamReader(new MemoryStream(file, writable: false), Encoding.UTF8, detectEncodingFromByteOrderMarks: true);
    }

    private static (int Line, int Byte) FirstInvalid(ReadOnlySpan<byte> file)
    {
        var (line, start, at) = (1, 0, 0);
        while (Rune.DecodeFromUtf8(file[at..], out _, out var length) == System.Buffers.OperationStatus.Done)
        {
            at += length;
            if (file[at - 1] == (byte)'\n')
            {
                (line, start) = (line + 1, at);
            }
        }

        return (line, at - start + 1);
    }
}
