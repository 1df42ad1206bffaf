using System.Text;
using NeuroTrails.Data;
using NeuroTrails.Tests.Data;

namespace NeuroTrails.Tests.Client;

/// <summary><c>check DATA</c>.</summary>
public sealed class CheckVerbTests : ClientFixture
{
    [Fact]
    public async Task Everything_that_cannot_be_used_is_named_however_much_it_is()
    {
        using var folder = new TempFolder();
        for (var i = 0; i < 60; i++)
        {
            var image = PngFile.Of(new DecodedImage(new(1, 8, 8), [.. Enumerable.Repeat((byte)i, 64)]));
            folder.Write($"train/{(i % 2 == 0 ? "a" : "b")}/{i:00}.png", i % 2 == 1 && i < 50 ? image[..20] : image);
        }

        Directory.CreateDirectory(folder["train/c"]);
        Assert.Equal(2, await RunAsync("check", folder.Root));
        var lines = Output.TrimEnd().Split('\n');
        Assert.StartsWith("data: images, 35 training samples of 1x32x32; values 0 to 255", lines[0], StringComparison.Ordinal);
        Assert.Equal("classes: 3 (a 30, b 5, c 0)", lines[1]);
        Assert.Contains("c holds no images", lines[2], StringComparison.Ordinal);
        Assert.Equal(
            Enumerable.Range(0, 25).Select(i => folder[$"train/b/{(2 * i) + 1:00}.png"]),
            lines.Skip(3).Take(25).Select(line => line.Split(": ")[0])
        );
        Assert.Equal(
            "60 samples read; 25 of them cannot be used. Mend or remove them; train leaves files of an image folder out by --set "
                + "data.skip_bad=25",
            lines[^1]
        );
        Assert.Equal(29, lines.Length);
    }

    [Fact]
    public async Task A_sound_table_is_said_to_be_one()
    {
        using var folder = new TempFolder();
        folder.Write("train.csv", Encoding.UTF8.GetBytes("kind;x\ncat;1\ndog;2\ncat;3\n"));
        Assert.Equal(0, await RunAsync("check", folder.Root, "--set", "data.label_column=kind"));
        var lines = Output.TrimEnd().Split('\n');
        Assert.StartsWith("data: csv, 3 training samples of 1 value; values 1 to 3", lines[0], StringComparison.Ordinal);
        Assert.Equal("classes: 2 (cat 2, dog 1)", lines[1]);
        Assert.Equal("3 samples read; all can be used", lines[^1]);
    }

    [Fact]
    public async Task What_it_is_must_be_plain_or_said()
    {
        using var folder = new TempFolder();
        Assert.Equal(2, await RunAsync("check", folder.Root));
        Assert.Contains(
            "holds no data set of a known form. Say which it is by --set data.name=NAME (glyphs, mnist,",
            Error,
            StringComparison.Ordinal
        );
        folder.Write("train.csv", Encoding.UTF8.GetBytes("1,0\n2,1\n"));
        folder.Write("x_train.npy", [1]);
        Assert.Equal(2, await RunAsync("check", folder.Root));
        Assert.Contains("may be npy or csv. Say which it is by --set data.name=NAME", Error, StringComparison.Ordinal);
        Assert.Equal(0, await RunAsync("check", folder.Root, "--set", "data.name=csv"));
        Assert.Equal(2, await RunAsync("check", folder.Root, "--set", "training.batch=3"));
        Assert.Contains("`training.batch=3` is no setting of the data", Error, StringComparison.Ordinal);
        Assert.Equal(2, await RunAsync("check", Path.Combine(folder.Root, "none")));
        Assert.Contains("there is no folder", Error, StringComparison.Ordinal);
    }
}
