using System.Text;
using NeuroTrails.Configuration;
using NeuroTrails.Data;
using NeuroTrails.Tests.Checkpoints;
using NeuroTrails.Training;

namespace NeuroTrails.Tests.Data;

/// <summary>Texts as windows of bytes.</summary>
public sealed class TextTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Windows_of_an_epoch_are_the_text_from_where_it_begins_without_gap_or_overlap()
    {
        for (var trial = 0; trial < 300; trial++)
        {
            var random = new Random(trial);
            var text = new byte[random.Next(2, 400)];
            random.NextBytes(text);
            var length = random.Next(2, 20);
            var shifts = trial % 2 == 0;
            var windows = TokenWindows.OfAll(text, length, shifts: shifts);
            Assert.Equal(Math.Max(0, text.Length - (shifts ? length - 1 : 0)) / length, windows.Count);
            var starts = new HashSet<int>();
            for (var epoch = 0; epoch < 4 && windows.Count > 0; epoch++)
            {
                var read = All(windows, trial, epoch, length);
                var start = Enumerable
                    .Range(0, length)
                    .First(from => text.Skip(from).Take(read.Length).Select(b => (long)b).SequenceEqual(read));
                Assert.Equal(read, All(windows, trial, epoch, length));
                starts.Add(start);
            }

            Assert.True(shifts || windows.Count == 0 || starts.SetEquals([0]));
        }
    }

    [Fact]
    public void Lines_are_cut_or_padded()
    {
        var windows = TokenWindows.OfLines(Encoding.UTF8.GetBytes("abcdef\r\n\nx\nyz\nlonger than that"), 4);
        Assert.Equal(3, windows.Count);
        Assert.Equal([97, 98, 99, 100], Read(windows, 1, 0, 0, 4));
        Assert.Equal([121, 122, -1, -1], Read(windows, 1, 0, 1, 4));
        Assert.Equal([108, 111, 110, 103], Read(windows, 1, 5, 2, 4));
    }

    [Fact]
    public void The_end_of_the_text_is_held_out_unless_there_is_a_file_for_it()
    {
        Write("b.txt", new string('b', 600));
        Write("a.txt", new string('a', 400));
        var splits = TextSplits.Open(Options());
        Assert.Equal((900, 100), (splits.Train.Text.Length, splits.Validation!.Text.Length));
        Assert.Equal((byte)'a', splits.Train.Text.Span[399]);
        Assert.Equal((byte)'b', splits.Train.Text.Span[400]);
        Assert.Null(splits.Test);
        Write("test.txt", new string('t', 50));
        Write("valid.txt", new string('v', 30));
        splits = TextSplits.Open(Options());
        Assert.Equal((1000, 30, 50), (splits.Train.Text.Length, splits.Validation!.Text.Length, splits.Test!.Text.Length));
        Assert.Equal(200, TextSplits.Open(Options() with { Validation = 0, Limit = 0, Window = 5 }).Train.Count + 1);
    }

    [Fact]
    public void Every_window_is_read_once_an_epoch_in_an_order_of_its_own()
    {
        // Bytes at random: no two windows are equal.
        var bytes = new byte[250];
        new Random(1).NextBytes(bytes);
        File.WriteAllBytes(_folder.File("a.txt"), bytes);
        var options = new RunOptions
        {
            Data = Options() with { Window = 5, Validation = 0 },
            Training = new() { Batch = 7 },
        };
        var data = new TextRunData(TextSplits.Open(options.Data), options);
        var perEpoch = data.Shape.TrainingSamples / 7;
        var epochs = Enumerable.Range(0, 3).Select(Epoch).ToList();
        Assert.All(epochs, epoch => Assert.Equal(perEpoch * 7, epoch.Distinct().Count()));
        Assert.NotEqual(epochs[0], epochs[1]);
        Assert.Equal(epochs[2], Epoch(2));

        List<string> Epoch(int epoch) =>
            [
                .. Enumerable
                    .Range(0, perEpoch)
                    .SelectMany(step => data.Training((epoch * perEpoch) + step + 1).Tokens.Chunk(5))
                    .Select(window => string.Join(' ', window)),
            ];
    }

    [Fact]
    public void Runs_know_their_text_again()
    {
        Write("a.txt", new string('a', 400));
        var record = TextSplits.Open(Options()).Record;
        Assert.True(record.IsText);
        Assert.Equal(SampleShape.Tokens(10), DataRecordFile.Read(DataRecordFile.Write(record), "data.json").SampleShape);
        Assert.Empty(record.Differences(TextSplits.Open(Options()).Record));
        Write("a.txt", new string('a', 399) + "b");
        Assert.NotEmpty(record.Differences(TextSplits.Open(Options()).Record));
    }

    [Theory]
    [InlineData("test.txt", 100, "learn from")]
    [InlineData("a.txt", 0, "window")]
    [InlineData("a.txt", 12, "window")]
    [InlineData("a.md", 100, "*.txt")]
    public void What_cannot_be_read_is_one_clear_sentence(string file, int bytes, string named)
    {
        Write(file, new string('a', bytes));
        Assert.Contains(named, Assert.Throws<UserErrorException>(() => TextSplits.Open(Options())).Message, StringComparison.Ordinal);
    }

    private static long[] All(TokenWindows windows, long seed, long epoch, int length) =>
        [.. Enumerable.Range(0, windows.Count).SelectMany(index => Read(windows, seed, epoch, index, length))];

    private static long[] Read(TokenWindows windows, long seed, long epoch, int index, int length)
    {
        var tokens = new long[length];
        windows.Read(seed, epoch, index, tokens);
        return tokens;
    }

    private DataOptions Options() =>
        new()
        {
            Name = "text",
            Path = _folder.Path,
            Window = 10,
        };

    private void Write(string name, string text) => File.WriteAllText(_folder.File(name), text);
}
