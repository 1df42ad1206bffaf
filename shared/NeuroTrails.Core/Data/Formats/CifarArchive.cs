namespace NeuroTrails.Data;

/// <summary>Finds CIFAR in a folder: unpacked or as <c>.tar.gz</c>, binary or python, or as single record files of any length.</summary>
internal static class CifarArchive
{
    // Class names of CIFAR-100 travel with it; CIFAR-10's are known.
    private const string BinaryNames = "fine_label_names.txt";

    // Files of records outside the official archives, such as a part of the set: train*.bin or train*.bin.gz.
    private const string LooseTrain = "train*.bin*";
    private const string LooseTest = "test*.bin*";

    public static IEnumerable<string> Marks(CifarLayout layout) =>
        [
            layout.BinaryFolder,
            layout.PythonFolder,
            layout.BinaryArchive,
            layout.PythonArchive,
            layout.TrainFiles[0] + ".bin",
            layout.TrainFiles[0],
            LooseTrain,
        ];

    // Opens the first form found: unpacked before packed, binary before python.
    public static SourceSplits Open(string folder, CifarLayout layout, IReadOnlyList<string>? classNames)
    {
        string[] binary = [.. layout.TrainFiles.Concat(layout.TestFiles).Select(file => file + ".bin"), BinaryNames];
        string[] python = [.. layout.TrainFiles, .. layout.TestFiles, "meta"];
        foreach (var candidate in new[] { folder, Path.Combine(folder, layout.BinaryFolder), Path.Combine(folder, layout.PythonFolder) })
        {
            if (File.Exists(Path.Combine(candidate, binary[0])))
            {
                return Binary(FileSet.Folder(candidate), layout, classNames);
            }

            if (File.Exists(Path.Combine(candidate, python[0])))
            {
                return Python(FileSet.Folder(candidate), layout, classNames);
            }
        }

        if (File.Exists(Path.Combine(folder, layout.BinaryArchive)))
        {
            return Binary(FileSet.Archive(Path.Combine(folder, layout.BinaryArchive), binary), layout, classNames);
        }

        if (File.Exists(Path.Combine(folder, layout.PythonArchive)))
        {
            return Python(FileSet.Archive(Path.Combine(folder, layout.PythonArchive), python), layout, classNames);
        }

        return Loose(folder, layout, classNames);
    }

    private static SourceSplits Binary(FileSet files, CifarLayout layout, IReadOnlyList<string>? classNames)
    {
        classNames ??= files.TryRead(BinaryNames) is { } text ? ClassNameFile.Parse(text, layout.Classes, files.Name(BinaryNames)) : null;
        return new SourceSplits(
            Split("train", layout.TrainFiles, layout.TrainRecords),
            Split("test", layout.TestFiles, layout.TestRecords)
        );

        ByteDataSet Split(string split, IReadOnlyList<string> names, int records) =>
            CifarRecords.Join(
                $"{layout.Name}/{split}",
                layout,
                [.. names.Select(name => CifarRecords.Split(files.Read(name + ".bin"), layout, records, files.Name(name + ".bin")))],
                classNames
            );
    }

    private static SourceSplits Python(FileSet files, CifarLayout layout, IReadOnlyList<string>? classNames)
    {
        classNames ??= files.TryRead("meta") is { } meta ? CifarPickle.ClassNames(meta, layout, files.Name("meta")) : null;
        return new SourceSplits(
            Split("train", layout.TrainFiles, layout.TrainRecords),
            Split("test", layout.TestFiles, layout.TestRecords)
        );

        ByteDataSet Split(string split, IReadOnlyList<string> names, int records) =>
            CifarRecords.Join(
                $"{layout.Name}/{split}",
                layout,
                [.. names.Select(name => CifarPickle.Read(files.Read(name), layout, records, files.Name(name)))],
                classNames
            );
    }

    private static SourceSplits Loose(string folder, CifarLayout layout, IReadOnlyList<string>? classNames)
    {
        return new SourceSplits(Split("train", LooseTrain), Split("test", LooseTest));

        ByteDataSet Split(string split, string pattern)
        {
            var paths = Directory
                .EnumerateFiles(folder, pattern)
                .Where(path => path.EndsWith(".bin", StringComparison.Ordinal) || path.EndsWith(".bin.gz", StringComparison.Ordinal));
            var parts = paths
                .Order(StringComparer.Ordinal)
                .Select(path => CifarRecords.Split(FileSet.ReadFile(path), layout, 0, path))
                .ToArray();
            return parts.Length == 0
                ? throw DataError.Damaged(folder, $"no {pattern}", $"CIFAR records for the {split} split")
                : CifarRecords.Join($"{layout.Name}/{split}", layout, parts, classNames);
        }
    }
}
