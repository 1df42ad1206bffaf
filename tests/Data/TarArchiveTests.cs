using System.Formats.Tar;
using System.Globalization;
using System.Text;
using NeuroTrails.Data;

namespace NeuroTrails.Tests.Data;

public sealed class TarArchiveTests : IDisposable
{
    private const int SizeAt = 124;
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(TarEntryFormat.Gnu)]
    [InlineData(TarEntryFormat.Pax)]
    [InlineData(TarEntryFormat.Ustar)]
    public void Files_are_found_whatever_the_length_of_their_names(TarEntryFormat format)
    {
        var random = new Random((int)format);
        for (var round = 0; round < 300; round++)
        {
            var files = new[] { "a.bin", "b.bin", "c.bin" }
                .Select(name =>
                {
                    var bytes = new byte[random.Next(1, 2000)];
                    random.NextBytes(bytes);
                    var most = format == TarEntryFormat.Ustar ? 60 : 300;
                    return (
                        Name: name,
                        Path: $"{new string('d', random.Next(1, most))}/{new string('e', random.Next(1, 30))}/{name}",
                        Bytes: bytes
                    );
                })
                .ToArray();
            var archive = FileSet.Archive(Write(Tar(format, [.. files.Select(file => (file.Path, file.Bytes))])), ["a.bin", "c.bin"]);
            Assert.Equal(files[0].Bytes, archive.TryRead("a.bin"));
            Assert.Equal(files[2].Bytes, archive.TryRead("c.bin"));
            Assert.Null(archive.TryRead("b.bin"));
        }
    }

    [Theory]
    [InlineData(TarEntryFormat.Gnu, "type L")]
    [InlineData(TarEntryFormat.Pax, "type x")]
    public void A_long_names_record_that_lies_about_its_size_is_refused_before_there_is_room_made_for_it(
        TarEntryFormat format,
        string expected
    )
    {
        var intact = Tar(format, [(new string('d', 200) + "/a.bin", [1, 2, 3])]);
        foreach (var size in new[] { 1_048_577L, 999_999_999, int.MaxValue, 4_294_967_297, 0x1ffffffff })
        {
            var lying = (byte[])intact.Clone();
            Encoding.ASCII.GetBytes(Convert.ToString(size, 8).PadLeft(11, '0'), lying.AsSpan(SizeAt));
            Refused(lying, $"a record of {expected} of {size.ToString(CultureInfo.InvariantCulture)} bytes");
        }

        // The GNU way to write a size that octal digits have no room for.
        foreach (
            var size in new byte[][]
            {
                [0x80, 0, 0, 0, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff],
                [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff],
                [0x81, .. new byte[11]],
            }
        )
        {
            var lying = (byte[])intact.Clone();
            size.CopyTo(lying, SizeAt);
            Refused(lying, $"a record of {expected} of ");
        }
    }

    [Fact]
    public void Files_that_promise_too_much_together_are_refused_unread()
    {
        var tar = Tar(TarEntryFormat.Ustar, [("a.bin", new byte[700]), ("b.bin", new byte[700])]);
        Encoding.ASCII.GetBytes(Convert.ToString(400_000_001L, 8).PadLeft(11, '0'), tar.AsSpan(SizeAt));
        Fix(tar);
        Assert.Contains(
            "expands to more than 400,000,000 bytes",
            Assert.Throws<UserErrorException>(() => FileSet.Archive(Write(tar), ["a.bin", "b.bin"])).Message,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData(TarEntryFormat.Gnu)]
    [InlineData(TarEntryFormat.Pax)]
    public void Damaged_archives_with_long_names_are_refused_or_read_but_never_crash(TarEntryFormat format)
    {
        var intact = Tar(format, [(new string('d', 200) + "/a.bin", [1, 2, 3])]);
        Fuzz.Mutate(
            intact,
            1536,
            5000,
            7,
            bytes =>
            {
                // A right checksum, so that what is behind it is reached.
                if (bytes.Length >= 512)
                {
                    Fix(bytes);
                }

                FileSet.Archive(Write(bytes), ["a.bin"]).Read("a.bin");
            }
        );
    }

    private static byte[] Tar(TarEntryFormat format, (string Path, byte[] Bytes)[] files)
    {
        using var stream = new MemoryStream();
        using (var tar = new TarWriter(stream, format, leaveOpen: true))
        {
            foreach (var (path, bytes) in files)
            {
                TarEntry entry = format switch
                {
                    TarEntryFormat.Gnu => new GnuTarEntry(TarEntryType.RegularFile, path),
                    TarEntryFormat.Pax => new PaxTarEntry(TarEntryType.RegularFile, path),
                    _ => new UstarTarEntry(TarEntryType.RegularFile, path),
                };
                entry.DataStream = new MemoryStream(bytes);
                tar.WriteEntry(entry);
            }
        }

        return stream.ToArray();
    }

    // The checksum of the first header, as POSIX computes it: the sum of its bytes, its own eight taken for spaces.
    private static void Fix(byte[] tar)
    {
        tar.AsSpan(148, 8).Fill((byte)' ');
        var sum = tar.AsSpan(0, 512).ToArray().Sum(value => value);
        Encoding.ASCII.GetBytes(Convert.ToString(sum, 8).PadLeft(6, '0') + "\0 ", tar.AsSpan(148));
    }

    private string Write(byte[] tar) => _folder.Write("x.tar", tar);

    private void Refused(byte[] tar, string part)
    {
        Fix(tar);
        Assert.Contains(
            part,
            Assert.Throws<UserErrorException>(() => FileSet.Archive(Write(tar), ["a.bin"])).Message,
            StringComparison.Ordinal
        );
    }
}
