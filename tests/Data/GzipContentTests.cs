using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using NeuroTrails.Data;

namespace NeuroTrails.Tests.Data;

public sealed class GzipContentTests
{
    // CRC-32 of "123456789" is the published check value cbf43926.
    private static readonly byte[] Digits = Encoding.ASCII.GetBytes("123456789");

    [Fact]
    public void A_bad_checksum_is_called_that()
    {
        var random = new Random(1);
        for (var round = 0; round < 1000; round++)
        {
            var content = new byte[random.Next(0, 300)];
            random.NextBytes(content);
            var packed = Gzip(content);
            var right = BinaryPrimitives.ReadUInt32LittleEndian(packed.AsSpan(packed.Length - 8));
            packed[packed.Length - 8 + random.Next(4)] ^= (byte)(1 << random.Next(8));
            var stored = BinaryPrimitives.ReadUInt32LittleEndian(packed.AsSpan(packed.Length - 8));
            Assert.Contains(
                $"f.gz: its checksum is wrong: the file says {stored:x8}, what is in it has {right:x8}; expected an intact gzip file",
                Fault(packed),
                StringComparison.Ordinal
            );
        }

        Assert.Contains("what is in it has cbf43926", Fault(Stored(Digits, check: 1, length: 9)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_wrong_length_a_cut_and_damage_are_told_apart()
    {
        Assert.Contains(
            "its length is wrong: the file says 8 bytes, there are 9 in it",
            Fault(Stored(Digits, 0xcbf43926, 8)),
            StringComparison.Ordinal
        );
        var random = new Random(2);
        for (var round = 0; round < 500; round++)
        {
            var content = new byte[random.Next(1, 300)];
            random.NextBytes(content);
            var packed = Gzip(content);
            Assert.Contains(
                "it ends too early: it was cut short",
                Fault(packed[..random.Next(3, packed.Length)]),
                StringComparison.Ordinal
            );
        }

        // The third kind of block does not exist.
        var damaged = Gzip(Digits);
        damaged[10] |= 6;
        Assert.Contains("its compressed data are damaged", Fault(damaged), StringComparison.Ordinal);
    }

    [Fact]
    public void Whole_files_of_any_header_and_of_several_members_are_read()
    {
        Assert.Equal(Digits, Read(Stored(Digits, 0xcbf43926, 9)));

        // FEXTRA, FNAME, FCOMMENT.
        byte[] fancy =
        [
            0x1f,
            0x8b,
            8,
            4 | 8 | 16,
            0,
            0,
            0,
            0,
            0,
            3,
            2,
            0,
            7,
            7,
            (byte)'n',
            0,
            (byte)'c',
            0,
            .. Stored(Digits, 0xcbf43926, 9)[10..],
        ];
        Assert.Equal(Digits, Read(fancy));
        Assert.Contains("what is in it has cbf43926", Fault([.. fancy[..^8], 0, .. fancy[^7..]]), StringComparison.Ordinal);
        var random = new Random(3);
        for (var round = 0; round < 300; round++)
        {
            var parts = Enumerable.Range(0, random.Next(1, 4)).Select(_ => new byte[random.Next(0, 100)]).ToArray();
            parts.ToList().ForEach(random.NextBytes);
            byte[] packed = [.. parts.SelectMany(Gzip)];
            Assert.Equal(parts.SelectMany(part => part), Read(packed));

            // In the last of several members, too.
            packed[^8] ^= 1;
            Assert.Contains("checksum", Fault(packed), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void What_it_expands_to_is_limited()
    {
        var packed = Gzip(new byte[1000]);
        Assert.Equal(1000, DataFile.ReadToEnd(DataFile.Unpack(new MemoryStream(packed), "f.gz", 1000), 10_000, "f.gz").Length);
        var fault = Assert.Throws<UserErrorException>(() =>
            DataFile.ReadToEnd(DataFile.Unpack(new MemoryStream(packed), "f.gz", 999), 10_000, "f.gz")
        );
        Assert.StartsWith(
            "f.gz: it expands to more than 999 bytes, the most that a compressed file may. Unpack it",
            fault.Message,
            StringComparison.Ordinal
        );

        // A plain file is as large as it is.
        Assert.Equal(1000, DataFile.ReadToEnd(DataFile.Unpack(new MemoryStream(new byte[1000]), "f", 10), 10_000, "f").Length);
    }

    [Fact]
    public void A_table_that_expands_to_far_more_is_refused()
    {
        using var folder = new TempFolder();
        using (var packed = new GZipStream(File.Create(folder["train.csv"]), CompressionLevel.Fastest))
        {
            var rows = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("0,0,0,1\n", 1 << 17)));
            for (var written = 0L; written <= DataFile.MostExpandedText; written += rows.Length)
            {
                packed.Write(rows);
            }
        }

        File.Copy(folder["train.csv"], folder["test.csv"]);
        Assert.InRange(new FileInfo(folder["train.csv"]).Length, 1, 8_000_000);
        var fault = Assert.Throws<UserErrorException>(() => DataSetCatalogue.Open(new DataOptions { Name = "csv", Path = folder.Root }, 1));
        Assert.Contains("train.csv: it expands to more than 268,435,456 bytes", fault.Message, StringComparison.Ordinal);
    }

    // A gzip file made by hand: one stored block.
    private static byte[] Stored(byte[] content, uint check, uint length)
    {
        byte[] file =
        [
            0x1f,
            0x8b,
            8,
            0,
            0,
            0,
            0,
            0,
            0,
            3,
            1,
            (byte)content.Length,
            0,
            (byte)~content.Length,
            0xff,
            .. content,
            .. new byte[8],
        ];
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(file.Length - 8), check);
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(file.Length - 4), length);
        return file;
    }

    private static byte[] Gzip(byte[] content) => content.Length == 0 ? Stored(content, 0, 0) : IdxTests.Gzip(content);

    private static byte[] Read(byte[] packed) => DataFile.ReadToEnd(DataFile.Unpack(new MemoryStream(packed), "f.gz"), 1 << 20, "f.gz");

    private static string Fault(byte[] packed) => Assert.Throws<UserErrorException>(() => Read(packed)).Message;
}
