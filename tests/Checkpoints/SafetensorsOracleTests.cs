using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using NeuroTrails.Formats;

namespace NeuroTrails.Tests.Checkpoints;

/// <summary>Against files that this library did not write.</summary>
public sealed class SafetensorsOracleTests
{
    /// <summary>Laid out by hand from the format's description: length 8 + text + data.</summary>
    private const string HandMade =
        """{"__metadata__":{"format":"pt"},"w":{"dtype":"F32","shape":[2,2],"data_offsets":[0,16]},"n":{"dtype":"I64","shape":[],"data_offsets":[16,24]},"m":{"dtype":"BOOL","shape":[3],"data_offsets":[24,27]}}""";

    [Fact]
    public void A_file_made_by_hand_is_read()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("hand.safetensors");
        using (var stream = File.Create(path))
        {
            var length = new byte[8];
            BinaryPrimitives.WriteInt64LittleEndian(length, HandMade.Length);
            stream.Write(length);
            stream.Write(Encoding.ASCII.GetBytes(HandMade));
            stream.Write(Convert.FromHexString("0000803f0000004000004040000080c0" + "feffffffffffffff" + "010001"));
        }

        using var file = SafetensorsFile.Open(path);
        Assert.Equal("pt", file.Metadata["format"]);
        Assert.Equal([1f, 2f, 3f, -4f], MemoryMarshal.Cast<byte, float>(file.Read("w").Data.Span).ToArray());
        Assert.Equal(-2L, BinaryPrimitives.ReadInt64LittleEndian(file.Read("n").Data.Span));
        Assert.Equal([1, 0, 1], file.Read("m").Data.ToArray());
        Assert.Equal([2L, 2L], file.Info("w").Shape);
        Assert.Empty(file.Info("n").Shape);
    }

    [Fact]
    public void What_the_writer_writes_is_known_to_the_byte()
    {
        var bytes = RandomTensors.File(
            [new StoredTensor("a", StoredDType.U8, [2], new byte[] { 7, 9 })],
            new Dictionary<string, string> { ["k"] = "v" }
        );
        const string Text = """{"__metadata__":{"k":"v"},"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]}}""";
        var padded = Text.PadRight((Text.Length + 7) / 8 * 8);
        Assert.Equal([(byte)padded.Length, 0, 0, 0, 0, 0, 0, 0, .. Encoding.ASCII.GetBytes(padded), 7, 9], bytes);
    }

    [Fact]
    public void Files_recorded_elsewhere_survive_reading_and_writing()
    {
        var paths = Fixtures();
        using var folder = new TemporaryFolder();
        foreach (var path in paths)
        {
            using var file = SafetensorsFile.Open(path);
            var copyPath = folder.File("copy.safetensors");
            using (var stream = File.Create(copyPath))
            {
                SafetensorsWriter.Write(
                    stream,
                    file.Tensors.Select(t => new TensorSource(t.Name, t.DType, t.Shape, () => file.Read(t.Name).Data)),
                    file.Metadata
                );
            }

            using var copy = SafetensorsFile.Open(copyPath);
            Assert.Equal(file.Metadata, copy.Metadata);
            Assert.Equal(file.Tensors.Count, copy.Tensors.Count);
            Assert.All(file.Tensors, t => RandomTensors.AssertEqual(file.Read(t.Name), copy.Read(t.Name)));
            Assert.All(MemoryMarshal.Cast<byte, double>(file.Read("loss").Data.Span).ToArray(), loss => Assert.InRange(loss, 0.1, 10));
        }
    }

    private static string[] Fixtures()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var candidate = Path.Combine(folder.FullName, "..", "shared", "fixtures");
            if (File.Exists(Path.Combine(folder.FullName, "NeuroTrails.sln")) && Directory.Exists(candidate))
            {
                return Directory.GetFiles(candidate, "*.safetensors");
            }
        }

        Assert.Skip("no recorded reference runs next to the repository");
        return [];
    }
}
