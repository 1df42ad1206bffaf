using System.Formats.Tar;
using NeuroTrails.Data;

namespace NeuroTrails.Tests.Data;

public sealed class CifarBinaryTests
{
    // The real layouts with a free number of records a file.
    internal static readonly CifarLayout Ten = CifarLayout.Ten with { TrainRecords = 0, TestRecords = 0 };
    internal static readonly CifarLayout Hundred = CifarLayout.Hundred with { TrainRecords = 0, TestRecords = 0 };

    internal static byte[] Records(CifarLayout layout, int seed, params int[] labels)
    {
        var random = new Random(seed);
        var bytes = new byte[labels.Length * layout.RecordBytes];
        random.NextBytes(bytes);
        for (var i = 0; i < labels.Length; i++)
        {
            bytes[(i * layout.RecordBytes) + layout.LabelBytes - 1] = (byte)labels[i];
        }

        return bytes;
    }

    internal static byte[] TarGz(params (string Name, byte[] Bytes)[] files)
    {
        using var stream = new MemoryStream();
        using (var tar = new TarWriter(stream, TarEntryFormat.Ustar, leaveOpen: true))
        {
            foreach (var (name, bytes) in files)
            {
                tar.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(bytes) });
            }
        }

        return IdxTests.Gzip(stream.ToArray());
    }

    [Fact]
    public void Unpacked_folder_and_archive_read_alike()
    {
        using var folder = new TempFolder();
        var files = Ten
            .TrainFiles.Concat(Ten.TestFiles)
            .Select((name, i) => (Name: name + ".bin", Bytes: Records(Ten, i, i, 9 - i, 3)))
            .ToArray();
        foreach (var (name, bytes) in files)
        {
            folder.Write("plain/cifar-10-batches-bin/" + name, bytes);
        }

        folder.Write("packed/cifar-10-binary.tar.gz", TarGz([.. files.Select(file => ("cifar-10-batches-bin/" + file.Name, file.Bytes))]));
        foreach (var form in new[] { "plain", "packed" })
        {
            var splits = CifarArchive.Open(folder[form], Ten, null);
            var train = Assert.IsType<ByteDataSet>(splits.Train);
            Assert.Equal((15, 3), (train.Count, splits.Test!.Count));
            for (var i = 0; i < 15; i++)
            {
                var record = files[i / 3].Bytes.AsSpan(i % 3 * 3073, 3073);
                Assert.Equal(record[0], train.Label(i));
                Assert.True(record[1..].SequenceEqual(train.Stored(i)));
            }
        }
    }

    [Fact]
    public void Hundred_learns_the_fine_label_and_knows_its_names()
    {
        using var folder = new TempFolder();
        folder.Write("train.bin", Records(Hundred, 1, 42, 99));
        folder.Write("test.bin", Records(Hundred, 2, 7));
        folder.Write("fine_label_names.txt", [.. string.Join('\n', Enumerable.Range(0, 100).Select(i => $"n{i}")).Select(c => (byte)c)]);
        var splits = CifarArchive.Open(folder.Root, Hundred, null);
        Assert.Equal((42, 99, 7), (splits.Train.Label(0), splits.Train.Label(1), splits.Test!.Label(0)));
        Assert.Equal("n42", splits.Train.ClassNames![42]);
    }

    [Fact]
    public void Truncated_and_foreign_files_are_refused()
    {
        using var folder = new TempFolder();
        folder.Write("data_batch_1.bin", Records(Ten, 1, 1, 2)[..^7]);
        Refused("6139 bytes", Ten);
        folder.Write("data_batch_1.bin", Records(Ten, 1, 1, 2));
        Refused("10000 records", CifarLayout.Ten);
        Refused("no data_batch_2.bin", Ten);
        folder.Write("data_batch_1.bin", Records(Ten, 1, 1, 200));
        Refused("label 200 at sample 1", Ten);

        void Refused(string part, CifarLayout layout) =>
            Assert.Contains(
                part,
                Assert.Throws<UserErrorException>(() => CifarArchive.Open(folder.Root, layout, null)).Message,
                StringComparison.Ordinal
            );
    }

    [Fact]
    public void Damaged_archives_are_refused_or_read_but_never_crash()
    {
        using var folder = new TempFolder();
        var intact = TarGz(("cifar-100-binary/train.bin", Records(Hundred, 1, 1)), ("cifar-100-binary/test.bin", Records(Hundred, 2, 1)));
        var plain = DataFile.ReadToEnd(DataFile.Unpack(new MemoryStream(intact), "tar"), 1 << 20, "tar");
        Fuzz.Mutate(plain, 512, 1500, 3, bytes => Open(bytes));
        Fuzz.Mutate(intact, intact.Length, 500, 4, bytes => Open(bytes));

        void Open(byte[] bytes)
        {
            folder.Write(Hundred.BinaryArchive, bytes);
            CifarArchive.Open(folder.Root, Hundred, null);
        }
    }

    [Fact]
    public void Recorded_part_of_the_real_set_reads()
    {
        var splits = DataSetCatalogue.Open(
            new DataOptions
            {
                Name = "cifar10",
                Path = RealData.Folder("cifar10"),
                Validation = 0,
            },
            1
        );
        Assert.Equal((7728, 1000, 10), (splits.Train.Count, splits.Test!.Count, splits.Classes));
        Assert.Equal([6, 9, 9, 4, 1], Enumerable.Range(0, 5).Select(splits.Train.Label));
        Assert.Equal([3, 8, 8, 0, 6], Enumerable.Range(0, 5).Select(splits.Test!.Label));
        Assert.Equal("frog", splits.Train.ClassNames![6]);
    }
}
