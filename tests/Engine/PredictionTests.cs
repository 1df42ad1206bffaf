using System.Text;
using NeuroTrails.Configuration;
using NeuroTrails.Data;
using NeuroTrails.Running;
using NeuroTrails.Silo;
using NeuroTrails.Tests.Data;

namespace NeuroTrails.Tests.Engine;

/// <summary>Predicting for what people have: tables, images, folders, arrays in memory; the same
/// sample is the same prediction in any of them.</summary>
public sealed class PredictionTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly List<RunNotice> _told = [];

    private string Run => Path.Combine(_folder.Root, "run");

    private CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Tables_are_read_by_the_names_of_their_columns_with_or_without_the_class()
    {
        await TrainTable("a;b;c;kind\n1;20;3;no\n2;10;4;yes\n1;30;5;no\n3;5;6;yes\n");
        var expected = await Predict("p.csv", "a;b;c\n1;20;3\n2;10;4\n");
        Assert.Equal(["sample", "class", "probability", "entropy", "mutual_information", "p_no", "p_yes"], expected[0].Split(','));
        Assert.Empty(_told);
        Assert.Equal(expected, await Predict("q.csv", "c,a,b\n3,1,20\n4,2,10\n"));
        Assert.Empty(_told);
        Assert.Equal(expected, await Predict("r.csv", "id,kind,c,a,b\n7,yes,3,1,20\n8,no,4,2,10\n"));
        Assert.Equal("r.csv: columns that the run was not trained on and that are left out: id, kind", Assert.Single(_told).Message);
        _told.Clear();
        Assert.Equal(expected, await Predict("s.tsv", "1\t20\t3\n2\t10\t4\n"));
        Assert.Empty(_told);
        Assert.Equal(expected, await Predict("t.csv", "1,20,3,no\n2,10,4,?\n"));
        Assert.Equal("t.csv: column 4 is taken for the class and left out", Assert.Single(_told).Message);

        await Refused(
            "u.csv",
            "a,c,kind\n1,3,no\n",
            "line 1, column 1: no column 'b' among a, c, kind; expected the columns that the run was trained on: a, b, c."
        );
        await Refused("u2.csv", "a,b,a,c\n1,2,3,4\n", "line 1, column 3: a second column 'a'; expected each column once");
        await Refused("v.csv", "1,2\n", "line 1, column 1: 2 columns; expected 3 values a row, or 4 cells with the class");
        await Refused("w.csv", "a,b,c\n1,x,3\n", "line 2, column 2: 'b': 'x' is no number; expected a number with a decimal point.");
        await Refused("w2.csv", "1,2,3\n1,,3\n", "line 2, column 2: '' is no number");
        await Refused("w3.csv", "1,2,3\n1,2\n", "line 2, column 3: a row of 2 cells; expected 3 as in the first one");
        await Refused(
            "x.txt",
            "1,2,3\n",
            "its name does not say what it is; expected .npy, .npz, .csv, .tsv, an image, or a folder of images. Point --input at such "
                + "samples."
        );
    }

    [Fact]
    public async Task Missing_values_take_what_they_took_in_training()
    {
        await TrainTable("1,20,3,0\n2,?,4,1\n1,30,5,0\n3,5,6,1\n", missing: "mean");
        var mean = (20f + 30 + 5) / 3;
        var filled = await Predict("p.csv", FormattableString.Invariant($"1,{mean:R},3\n"));
        Assert.Equal(filled, await Predict("q.csv", "1,NA,3\n"));
    }

    [Fact]
    public async Task Images_alone_in_folders_and_in_arrays_are_the_same_samples()
    {
        byte[][] images =
        [
            .. Enumerable.Range(0, 8).Select(i => Enumerable.Range(0, 64).Select(p => (byte)((i * 30) + (p % 8))).ToArray()),
        ];
        for (var i = 0; i < 8; i++)
        {
            foreach (var split in new[] { "train", "test" })
            {
                _folder.Write(
                    $"data/{split}/{(i < 4 ? "dark" : "light, bright")}/{i}.png",
                    PngFile.Of(new DecodedImage(new(1, 8, 8), images[i]))
                );
            }
        }

        await Train(
            new()
            {
                Name = "images",
                Path = _folder["data"],
                ImageSize = 8,
                Validation = 0,
            }
        );
        Directory.CreateDirectory(_folder["in/.hidden"]);
        for (var i = 0; i < 3; i++)
        {
            _folder.Write($"in/{(i == 2 ? "z/" : "")}{i}.png", PngFile.Of(new DecodedImage(new(1, 8, 8), images[i])));
            _folder.Write($"in/.hidden/{i}.png", [1, 2, 3]);
        }

        _folder.Write("in/notes.txt", [65]);
        var lines = await Predict(_folder["in"]);
        Assert.Equal(_folder["in"] + ": files that are no images and are left out: 1", Assert.Single(_told).Message);
        Assert.Equal("sample,class,probability,entropy,mutual_information,p_dark,\"p_light, bright\"", lines[0]);
        Assert.Equal(["0.png", "1.png", "z/2.png"], lines.Skip(1).Select(line => line.Split(',')[0]));

        // Alone, where a product sums in another order.
        var (alone, among) = ((await Predict(_folder["in/0.png"]))[1].Split(','), lines[1].Split(','));
        Assert.Equal(among[..2], alone[..2]);
        Assert.All(among[2..].Zip(alone[2..]), pair => Assert.Equal(Number(pair.First), Number(pair.Second), 1e-6));

        NpyArray.From<byte>([.. images.Take(3).SelectMany(image => image)], 3, 8, 8).Save(_folder["x.npy"]);
        NpzFile.Save(_folder["x.npz"], [new("other", NpyArray.From<int>([1], 1)), new("x_test", NpyArray.Load(_folder["x.npy"]))]);
        var unnamed = lines.Skip(1).Select((line, i) => i + line[line.IndexOf(',', StringComparison.Ordinal)..]).Prepend(lines[0]);
        Assert.Equal(unnamed, await Predict(_folder["x.npy"]));
        _told.Clear();
        Assert.Equal(unnamed, await Predict(_folder["x.npz"]));
        Assert.Equal("x.npz: the samples are the array x_test", Assert.Single(_told).Message);

        _folder.Write("in/bad.png", [1, 2, 3]);
        var error = await Assert.ThrowsAsync<UserErrorException>(() => Predict(_folder["in"]));
        Assert.StartsWith(
            $"1 of 4 image files cannot be used. Mend or remove them:{Environment.NewLine}  {_folder["in/bad.png"]}: ",
            error.Message,
            StringComparison.Ordinal
        );
        Directory.CreateDirectory(_folder["empty"]);
        Assert.Contains(
            "an empty folder; expected PNG or JPEG files. Point --input",
            (await Assert.ThrowsAsync<UserErrorException>(() => Predict(_folder["empty"]))).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task One_that_is_loaded_predicts_for_arrays_in_memory_from_any_thread()
    {
        await TrainTable("1,20,3,0\n2,10,4,1\n1,30,5,0\n3,5,6,1\n");
        var lines = await Predict("p.csv", "1,20,3\n2,10,4\n");
        await using var predictor = await new RunEngine(TimeProvider.System).OpenAsync(
            new(Run, CheckpointChoice.Last),
            Listener.Of(_told),
            Stop
        );
        Assert.Equal((2, 3L, 3), (predictor.Heads, predictor.Step, predictor.Record.Shape[2]));
        var all = await Task.WhenAll(
            Enumerable.Range(0, 8).Select(_ => Task.Run(() => predictor.PredictAsync(new float[] { 1, 20, 3, 2, 10, 4 }, Stop), Stop))
        );
        Assert.All(
            all,
            predicted =>
            {
                var output = new MemoryStream();
                new PredictionOutput(predicted, null, null).Write(output, ".csv");
                Assert.Equal(lines, Encoding.UTF8.GetString(output.ToArray()).TrimEnd().Split('\n'));
            }
        );
        await Assert.ThrowsAsync<ArgumentException>(() => predictor.PredictAsync(new float[4], Stop));
        await Assert.ThrowsAsync<ArgumentException>(() => predictor.PredictAsync(ReadOnlyMemory<float>.Empty, Stop));
    }

    private static double Number(string text) => double.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    private async Task TrainTable(string table, string missing = "refuse")
    {
        _folder.Write("data/train.csv", Encoding.UTF8.GetBytes(table));
        _folder.Write("data/test.csv", Encoding.UTF8.GetBytes(table));
        await Train(
            new()
            {
                Name = "csv",
                Path = _folder["data"],
                Validation = 0,
                Missing = missing,
            }
        );
    }

    private Task<TrainResult> Train(DataOptions data) =>
        new RunEngine(TimeProvider.System).TrainAsync(
            new(
                new RunOptions
                {
                    Device = "cpu",
                    Data = data,
                    Model = new() { Name = "mlp", Hidden = [8, 8] },
                    Ensemble = new() { Heads = 2, BlocksInHead = 1 },
                    Training = new() { Steps = 3, Batch = 4 },
                    Execution = new()
                    {
                        BackboneThreads = 1,
                        HeadThreads = 1,
                        ParallelHeads = 2,
                    },
                },
                Run,
                ResumeMode.Never
            ),
            new Progress<RunUpdate>(),
            Stop
        );

    private Task<string[]> Predict(string name, string text)
    {
        _folder.Write(name, Encoding.UTF8.GetBytes(text));
        return Predict(_folder[name]);
    }

    private async Task<string[]> Predict(string input)
    {
        var output = _folder["out.csv"];
        await new RunEngine(TimeProvider.System).PredictAsync(
            new(Run, CheckpointChoice.Last, input, output, Force: true),
            Listener.Of(_told),
            Stop
        );
        return (await File.ReadAllTextAsync(output, Stop)).TrimEnd().Split('\n');
    }

    private async Task Refused(string name, string text, string message) =>
        Assert.Contains(
            message,
            (await Assert.ThrowsAsync<UserErrorException>(() => Predict(name, text))).Message,
            StringComparison.Ordinal
        );
}
