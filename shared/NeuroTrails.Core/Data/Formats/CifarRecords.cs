namespace NeuroTrails.Data;

/// <summary>Binary CIFAR records: label bytes, then 3,072 pixels as red, green and blue planes, row by row.</summary>
internal static class CifarRecords
{
    // Labels [N], pixels [N, 3, 32, 32]; 0 records stand for any number of at least one.
    public static (int[] Labels, byte[] Pixels) Split(byte[] file, CifarLayout layout, int records, string source)
    {
        var count = file.Length / layout.RecordBytes;
        if (file.Length == 0 || file.Length % layout.RecordBytes != 0 || (records != 0 && count != records))
        {
            var expected =
                records == 0
                    ? $"a multiple of {layout.RecordBytes} bytes"
                    : $"{records} records of {layout.RecordBytes} bytes, {(long)records * layout.RecordBytes} bytes";
            throw DataError.Damaged(source, $"{file.Length} bytes", expected + " (it looks truncated or is another data set)");
        }

        var labels = new int[count];
        var pixels = new byte[count * CifarLayout.Shape.Length];
        for (var i = 0; i < count; i++)
        {
            var record = file.AsSpan(i * layout.RecordBytes, layout.RecordBytes);
            labels[i] = record[layout.LabelBytes - 1];
            record[layout.LabelBytes..].CopyTo(pixels.AsSpan(i * CifarLayout.Shape.Length));
        }

        return (LabelArray.Check(labels, count, layout.Classes, source), pixels);
    }

    public static ByteDataSet Join(
        string name,
        CifarLayout layout,
        IReadOnlyList<(int[] Labels, byte[] Pixels)> parts,
        IReadOnlyList<string>? classNames
    )
    {
        if (parts.Sum(part => (long)part.Pixels.Length) is var total && total > Array.MaxLength)
        {
            throw DataError.Damaged(name, $"{total} bytes of pixels", $"at most {Array.MaxLength} in one split");
        }

        var labels = parts.SelectMany(part => part.Labels).ToArray();
        var pixels = new byte[parts.Sum(part => part.Pixels.Length)];
        var filled = 0;
        foreach (var (_, part) in parts)
        {
            part.CopyTo(pixels, filled);
            filled += part.Length;
        }

        return new ByteDataSet(name, CifarLayout.Shape, pixels, labels, layout.Classes, classNames);
    }
}
