using System.Text;
using NeuroTrails.Data;

namespace NeuroTrails.Tests.Data;

public sealed class PickleTests
{
    /// <summary>A batch as python 2 wrote the official files: protocol 2, byte strings, numpy's old names.</summary>
    internal static byte[] Batch(CifarLayout layout, int[] labels, byte[] pixels)
    {
        var bytes = new List<byte> { 0x80, 2, (byte)'}', (byte)'q', 1, (byte)'(' };
        Short("batch_label");
        Short("one");
        Short(layout.LabelKey);
        bytes.AddRange("]q\u0002("u8);
        foreach (var label in labels)
        {
            bytes.AddRange([(byte)'K', (byte)label]);
        }

        bytes.Add((byte)'e');
        Short("data");
        bytes.AddRange(
            Latin("cnumpy.core.multiarray\n_reconstruct\nq\u0003cnumpy\nndarray\nq\u0004K\0\u0085U\u0001b\u0087Rq\u0005(K\u0001")
        );
        bytes.AddRange([(byte)'K', (byte)labels.Length, (byte)'M', 0x00, 0x0c, 0x86]);
        bytes.AddRange(
            Latin(
                "cnumpy\ndtype\nq\u0006U\u0002u1K\0K\u0001\u0087Rq\u0007(K\u0003U\u0001|NNNJ\u00ff\u00ff\u00ff\u00ffJ\u00ff\u00ff\u00ff\u00ffK\0tb\u0089T"
            )
        );
        bytes.AddRange(BitConverter.GetBytes(pixels.Length));
        bytes.AddRange(pixels);
        bytes.AddRange("tbu."u8);
        return [.. bytes];

        void Short(string text) => bytes.AddRange([(byte)'U', (byte)text.Length, .. Encoding.Latin1.GetBytes(text)]);
    }

    [Fact]
    public void Reads_what_numpy_writes_in_every_protocol()
    {
        foreach (var packed in NumpyFixtures.Batches)
        {
            var file = DataFile.ReadToEnd(
                DataFile.Unpack(new MemoryStream(Convert.FromBase64String(packed)), "fixture"),
                1 << 20,
                "fixture"
            );
            var (labels, pixels) = CifarPickle.Read(file, CifarBinaryTests.Ten, 2, "fixture");
            Assert.Equal([6, 9], labels);
            Assert.Equal(Enumerable.Range(0, 6144).Select(i => (byte)(i * 3)), pixels);
        }
    }

    [Fact]
    public void Reads_python_folders_and_archives_of_both_sets()
    {
        foreach (var layout in new[] { CifarBinaryTests.Ten, CifarBinaryTests.Hundred })
        {
            using var folder = new TempFolder();
            var files = layout
                .TrainFiles.Concat(layout.TestFiles)
                .Select((name, i) => (Name: name, Bytes: Batch(layout, [i, 7], Pixels(i))))
                .ToArray();
            foreach (var (name, bytes) in files)
            {
                folder.Write($"plain/{layout.PythonFolder}/{name}", bytes);
            }

            folder.Write(
                "packed/" + layout.PythonArchive,
                CifarBinaryTests.TarGz([.. files.Select(file => ($"{layout.PythonFolder}/{file.Name}", file.Bytes))])
            );
            foreach (var form in new[] { "plain", "packed" })
            {
                var splits = CifarArchive.Open(folder[form], layout, null);
                Assert.Equal(2 * layout.TrainFiles.Count, splits.Train.Count);
                Assert.Equal(layout.TrainFiles.Count, splits.Test!.Label(0));
                Assert.Equal(Pixels(0).Take(3072), Assert.IsType<ByteDataSet>(splits.Train).Stored(0).ToArray());
            }
        }

        static byte[] Pixels(int seed)
        {
            var pixels = new byte[6144];
            new Random(seed).NextBytes(pixels);
            return pixels;
        }
    }

    [Theory]
    [InlineData("cos\nsystem\n(U\u0004trueR.", "'os.system', which is not allowed")]
    [InlineData("cnumpy\nload\n.", "'numpy.load', which is not allowed")]
    [InlineData("\u0080\u0004\u008c\u0008builtins\u008c\u0004eval\u0093.", "'builtins.eval', which is not allowed")]
    [InlineData("cnumpy\ndtype\n)R.", "a call that numpy arrays do not need")]
    [InlineData("(cnumpy\ndtype\no.", "the opcode 0x6f")]
    [InlineData("P1\n.", "the opcode 0x50")]
    [InlineData("U\u0004tru", "truncated")]
    [InlineData("T\u00ff\u00ff\u00ff\u00ff.", "truncated")]
    [InlineData("h\u0001.", "memo 1, which was never stored")]
    [InlineData("\u0080\u0001.", "protocol other than 2 to 5")]
    [InlineData(".", "too few values")]
    [InlineData("(.", "too few values")]
    [InlineData("e.", "no mark")]
    [InlineData("}b.", "too few values")]
    [InlineData("}}b.", "a state that numpy arrays do not have")]
    [InlineData("}K\u0001K\u0001s.", "a key that is no string")]
    [InlineData("K\u0001K\u0001a.", "an append to something that is no list")]
    [InlineData("", "truncated")]
    public void Refuses_everything_but_data(string pickle, string part) =>
        Assert.Contains(
            part,
            Assert.Throws<UserErrorException>(() => PickleReader.Read(Latin(pickle), "file")).Message,
            StringComparison.Ordinal
        );

    [Fact]
    public void A_long_string_recalled_often_does_not_exhaust_memory()
    {
        var bytes = new List<byte>(Latin("\u0080\u0002]q\u0000c_codecs\nencode\nq\u0001X"));
        bytes.AddRange(BitConverter.GetBytes(100_000));
        bytes.AddRange(new byte[100_000]);
        bytes.AddRange(Latin("q\u0002X\u0006\0\0\0latin1q\u0003"));
        for (var i = 0; i < 20_000; i++)
        {
            bytes.AddRange(Latin("h\u0001h\u0002h\u0003\u0086R"));
        }

        Assert.Contains(
            "more encoded bytes",
            Assert.Throws<UserErrorException>(() => PickleReader.Read([.. bytes], "file")).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Wrong_contents_are_named()
    {
        Refused("6143 bytes beside 2 labels", [1, 2], new byte[6143]);
        Refused("label 10 at sample 1", [1, 10], new byte[6144]);
        Assert.Contains(
            "'data' and the list",
            Assert.Throws<UserErrorException>(() => CifarPickle.Read(Latin("}."), CifarLayout.Ten, 0, "f")).Message,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "a pickled dictionary",
            Assert.Throws<UserErrorException>(() => CifarPickle.Read(Latin("N."), CifarLayout.Ten, 0, "f")).Message,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "2 images",
            Assert
                .Throws<UserErrorException>(() =>
                    CifarPickle.Read(Batch(CifarLayout.Ten, [1, 2], new byte[6144]), CifarLayout.Ten, 10_000, "f")
                )
                .Message,
            StringComparison.Ordinal
        );

        static void Refused(string part, int[] labels, byte[] pixels)
        {
            var error = Assert.Throws<UserErrorException>(() =>
                CifarPickle.Read(Batch(CifarLayout.Ten, labels, pixels), CifarLayout.Ten, 0, "f")
            );
            Assert.Contains(part, error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Damaged_pickles_are_refused_or_read_but_never_crash()
    {
        var official = Batch(CifarBinaryTests.Hundred, [1, 2], new byte[6144]);
        Fuzz.Mutate(official, 240, 8000, 5, bytes => CifarPickle.Read(bytes, CifarBinaryTests.Hundred, 0, "fuzz"));
        foreach (var packed in NumpyFixtures.Batches)
        {
            var file = DataFile.ReadToEnd(
                DataFile.Unpack(new MemoryStream(Convert.FromBase64String(packed)), "fixture"),
                1 << 20,
                "fixture"
            );
            Fuzz.Mutate(file, 400, 2000, 6, bytes => CifarPickle.Read(bytes, CifarBinaryTests.Ten, 0, "fuzz"));
        }
    }

    private static byte[] Latin(string text) => Encoding.Latin1.GetBytes(text);
}
