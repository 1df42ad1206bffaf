namespace NeuroTrails.Data;

/// <summary>The python form of CIFAR: a pickled dictionary with <c>data</c>, uint8 [N, 3072], and a list of labels.</summary>
internal static class CifarPickle
{
    private const string PixelKey = "data";

    // Reads one batch: labels [N], pixels [N, 3, 32, 32].
    public static (int[] Labels, byte[] Pixels) Read(byte[] file, CifarLayout layout, int records, string source)
    {
        var batch = Dictionary(file, source);
        if (
            batch.GetValueOrDefault(layout.LabelKey) is not List<object?> stored
            || batch.GetValueOrDefault(PixelKey) is not PickleArray array
        )
        {
            throw DataError.Damaged(
                source,
                $"a dictionary with {string.Join(", ", batch.Keys.Take(8))}",
                $"the array '{PixelKey}' and the list '{layout.LabelKey}'"
            );
        }

        var count = stored.Count;
        if (
            array is not { Dtype.Code: "u1", FortranOrder: false, Sizes: [var rows, 3072] }
            || rows != count
            || array.Bytes.Length != rows * 3072
            || count == 0
        )
        {
            var sizes = array.Sizes is null ? "none" : string.Join(", ", array.Sizes);
            throw DataError.Damaged(
                source,
                $"'{PixelKey}' of type {array.Dtype?.Code} and sizes [{sizes}] in {array.Bytes.Length} bytes beside {count} labels",
                "uint8 [N, 3072] and N labels"
            );
        }

        if (records != 0 && count != records)
        {
            throw DataError.Damaged(source, $"{count} images", $"{records}");
        }

        var labels = stored.Select(label => label is long number and >= 0 and <= int.MaxValue ? (int)number : -1).ToArray();
        return (LabelArray.Check(labels, count, layout.Classes, source), array.Bytes.ToArray());
    }

    public static IReadOnlyList<string> ClassNames(byte[] file, CifarLayout layout, string source)
    {
        var key = layout.LabelKey == "labels" ? "label_names" : "fine_label_names";
        var names = Dictionary(file, source).GetValueOrDefault(key) is List<object?> list
            ? list.Select(PickleNumpy.Text).OfType<string>().ToArray()
            : [];
        return names.Length == layout.Classes
            ? names
            : throw DataError.Damaged(source, $"{names.Length} names under '{key}'", $"{layout.Classes}");
    }

    private static Dictionary<string, object?> Dictionary(byte[] file, string source) =>
        PickleReader.Read(file, source) as Dictionary<string, object?>
        ?? throw DataError.Damaged(source, "a pickle of something else", "a pickled dictionary");
}
