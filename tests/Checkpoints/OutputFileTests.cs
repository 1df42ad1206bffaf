using NeuroTrails.Checkpoints;

namespace NeuroTrails.Tests.Checkpoints;

public sealed class OutputFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void It_appears_whole()
    {
        var path = _folder.File("a.json");
        using (var output = OutputFile.Open(path, "--json"))
        {
            Assert.False(File.Exists(path));
            output.Write(stream => stream.Write("{}"u8), TestContext.Current.CancellationToken);
        }

        Assert.Equal("{}", File.ReadAllText(path));
        Assert.Equal([path], Directory.GetFileSystemEntries(_folder.Path));
    }

    [Fact]
    public void Whatever_goes_wrong_nothing_is_left()
    {
        using (OutputFile.Open(_folder.File("unused.json"), "--json")) { }

        using (var output = OutputFile.Open(_folder.File("half.json"), "--json"))
        {
            var fault = Assert.Throws<UserErrorException>(() =>
                output.Write(
                    stream =>
                    {
                        stream.Write("half"u8);
                        throw new IOException("No space left on device", 28);
                    },
                    TestContext.Current.CancellationToken
                )
            );
            Assert.Matches(@"The disk is full: cannot write '.*half\.json'.* with --json\.", fault.Message);
        }

        using (var output = OutputFile.Open(_folder.File("late.json"), "--json"))
        {
            Assert.Throws<OperationCanceledException>(() =>
                output.Write(stream => stream.Write("x"u8), new CancellationToken(canceled: true))
            );
        }

        Assert.Empty(Directory.GetFileSystemEntries(_folder.Path));
    }

    [Fact]
    public void On_a_real_full_disk_nothing_is_left_either()
    {
        using var disk = new SmallDisk(2);
        using (var output = OutputFile.Open(disk.File("p.npz"), "--output"))
        {
            var fault = Assert.Throws<UserErrorException>(() =>
                output.Write(stream => stream.Write(new byte[4 << 20]), TestContext.Current.CancellationToken)
            );
            Assert.Contains("The disk is full", fault.Message, StringComparison.Ordinal);
            Assert.Contains("with --output", fault.Message, StringComparison.Ordinal);
        }

        Assert.Empty(Directory.GetFileSystemEntries(disk.Path));
    }

    [Theory]
    [InlineData("", "is a folder")]
    [InlineData("no/such/a.json", "there is no folder")]
    public void A_place_that_cannot_be_is_told_at_once(string name, string expected)
    {
        var fault = Assert.Throws<UserErrorException>(() => OutputFile.Open(_folder.File(name), "--json"));
        Assert.StartsWith("--json: ", fault.Message, StringComparison.Ordinal);
        Assert.Contains(expected, fault.Message, StringComparison.Ordinal);
    }
}
