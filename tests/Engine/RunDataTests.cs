using System.Text.Json;
using NeuroTrails.Configuration;
using NeuroTrails.Data;
using NeuroTrails.Running;
using NeuroTrails.Silo;
using NeuroTrails.Tests.Data;
using NeuroTrails.Training;

namespace NeuroTrails.Tests.Engine;

/// <summary>A run owns what it was made from: what becomes of the data afterwards changes no prediction, and is told.</summary>
public sealed partial class RunDataTests : IDisposable
{
    private const int Side = 4;
    private readonly TempFolder _folder = new();
    private readonly List<RunNotice> _told = [];

    private string Run => Path.Combine(_folder.Root, "run");

    private string Data => Path.Combine(_folder.Root, "data");

    private CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Predictions_need_no_data_and_do_not_depend_on_the_type_of_values()
    {
        Write(32, value => value);
        await Train(ResumeMode.Never);
        var bytes = Images(8, 3);
        var expected = await Predict(NpyArray.From<byte>(bytes, 8, Side, Side));
        Directory.Delete(Data, recursive: true);
        _told.Clear();
        Assert.Equal(expected, await Predict(NpyArray.From<int>([.. bytes.Select(value => (int)value)], 8, Side, Side)));
        Assert.Equal(expected, await Predict(NpyArray.From<double>([.. bytes.Select(value => (double)value)], 8, Side, Side)));
        Assert.Empty(_told);

        NpyArray unit = NpyArray.From<float>([.. bytes.Select(value => value / 255f)], 8, Side, Side);
        Assert.NotEqual(expected, await Predict(unit));
        var notice = Assert.Single(_told);
        Assert.True(notice.Warning);
        Assert.Matches(
            @"^x\.npy has values from [0-9.E-]+ to [01.9]+; training had 0 to 25[0-9]\. They were divided by 255 as in training; .* say --scale 1\.$",
            notice.Message
        );
        _told.Clear();
        Assert.Equal(expected, await Predict(unit, scale: 1));
        Assert.Empty(_told);
    }

    [Fact]
    public async Task Darkened_training_images_change_no_measurement_and_are_told()
    {
        Write(32, value => value);
        await Train(ResumeMode.Never);
        var before = await Evaluate();
        Write(32, value => value / 4, testToo: false);
        _told.Clear();
        Assert.Equal(before, await Evaluate());
        Assert.Equal(
            "The data are not those that the run was started with: other values of the training samples.",
            Assert.Single(_told).Message
        );
    }

    [Fact]
    public async Task Resuming_on_other_data_is_refused_unless_insisted_on()
    {
        Write(32, value => value);
        await Train(ResumeMode.Never, steps: 300, stopAt: 2);
        var before = await File.ReadAllTextAsync(Path.Combine(Run, "data.json"), Stop);
        Write(24, value => value);
        var error = await Assert.ThrowsAsync<UserErrorException>(() => Train(ResumeMode.Always, steps: 300));
        Assert.Equal(
            "The data are not those that the run was started with: 24 training samples (there were 32). Point --data (data.path) at the "
                + "run's data, or go on with these by --allow-changed-data.",
            error.Message
        );
        Assert.Equal(before, await File.ReadAllTextAsync(Path.Combine(Run, "data.json"), Stop));

        _told.Clear();
        Assert.Equal(TrainOutcome.Finished, (await Train(ResumeMode.Always, steps: 300, allow: true)).Outcome);
        Assert.Contains(
            _told,
            notice => notice.Warning && notice.Message.Contains("24 training samples (there were 32)", StringComparison.Ordinal)
        );
        var (old, now) = (Parse(before), Parse(await File.ReadAllTextAsync(Path.Combine(Run, "data.json"), Stop)));
        Assert.Equal((old.Mean![0], old.Deviation![0], 24), (now.Mean![0], now.Deviation![0], now.Train.Samples));

        // From here on these are the run's data.
        _told.Clear();
        await Evaluate();
        Assert.Empty(_told);
    }

    [Fact]
    public async Task A_run_of_an_older_version_gets_its_record_when_it_goes_on()
    {
        Write(32, value => value);
        await Train(ResumeMode.Never, steps: 300, stopAt: 2);
        var file = Path.Combine(Run, "data.json");
        var record = await File.ReadAllTextAsync(file, Stop);
        File.Delete(file);
        await Evaluate();
        Assert.Contains(
            _told,
            notice => notice.Message.StartsWith("This run is of an older version and has no data.json", StringComparison.Ordinal)
        );
        await Train(ResumeMode.Always, steps: 300);
        Assert.Equal(record, await File.ReadAllTextAsync(file, Stop));
    }

    [Fact]
    public async Task A_run_says_what_it_is_made_from()
    {
        Write(32, value => value);
        await Train(ResumeMode.Never);
        Assert.Matches(
            @"^data: npy, 32 training, 16 test samples of 1x4x4; values [0-9] to 25[0-9], divided by 255, normalised by mean 0\.[0-9]+, deviation 0\.[0-9]+$",
            _told[0].Message
        );
        Assert.Equal("classes: 2 (0 16, 1 16)", _told[1].Message);
    }

    [Theory]
    [InlineData(
        0,
        "train",
        "there is no test split: the results are those of the training split, which say nothing of samples that were not learnt "
            + "(data.validation holds some out)"
    )]
    [InlineData(
        6,
        "validation",
        "there is no test split: the results are those of the validation split, which chose the best checkpoint as well"
    )]
    public async Task Without_a_test_split_the_results_are_those_of_what_there_is(int validation, string split, string notice)
    {
        Write(32, value => value);
        File.Delete(Path.Combine(Data, "x_test.npy"));
        File.Delete(Path.Combine(Data, "y_test.npy"));
        var result = await Train(ResumeMode.Never, validation: validation);
        Assert.Contains(_told, told => told.Message == notice);
        Assert.Equal(split, result.Summary!.Split);
        var measured = await Evaluate();
        Assert.Equal(result.Summary.Accuracy, JsonDocument.Parse(measured).RootElement.GetProperty("accuracy").GetDouble());
        Assert.Equal(split, JsonDocument.Parse(measured).RootElement.GetProperty("Split").GetString());

        // Once at each step, and not again for the results.
        var lines = await File.ReadAllLinesAsync(Path.Combine(Run, "metrics.jsonl"), Stop);
        Assert.Single(lines, line => line.Contains("\"split\"", StringComparison.Ordinal));
        var error = await Assert.ThrowsAsync<UserErrorException>(() => Evaluate("test"));
        Assert.Equal(
            $"There is no split 'test' in this run. Allowed: train{(validation > 0 ? ", validation" : "")}. Change --split.",
            error.Message
        );
    }

    private static DataRecord Parse(string text) => DataRecordFile.Read(text, "data.json");

    private static byte[] Images(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count * Side * Side).Select(i => (byte)Math.Clamp((i / 16 % 2 * 100) + random.Next(156), 0, 255))];
    }

    private void Write(int count, Func<byte, int> change, bool testToo = true)
    {
        Directory.CreateDirectory(Data);
        void Save(string split, byte[] images, Func<byte, int> by)
        {
            var samples = images.Length / 16;
            NpyArray
                .From<byte>([.. images.Select(value => (byte)by(value))], samples, Side, Side)
                .Save(Path.Combine(Data, $"x_{split}.npy"));
            NpyArray.From<int>([.. Enumerable.Range(0, samples).Select(i => i % 2)], samples).Save(Path.Combine(Data, $"y_{split}.npy"));
        }

        Save("train", Images(count, 1), change);
        if (testToo)
        {
            Save("test", Images(16, 2), value => value);
        }
    }

    private async Task<TrainResult> Train(
        ResumeMode resume,
        int steps = 2,
        int? stopAt = null,
        bool allow = false,
        IRunDataSource? source = null,
        int validation = 0
    )
    {
        var options = new RunOptions
        {
            Device = "cpu",
            Data = new()
            {
                Name = "npy",
                Path = Data,
                Validation = validation,
            },
            Model = new() { Name = "mlp", Hidden = [8, 8] },
            Ensemble = new() { Heads = 2, BlocksInHead = 1 },
            Training = new() { Steps = steps, Batch = 8 },
            Execution = new()
            {
                BackboneThreads = 1,
                HeadThreads = 1,
                ParallelHeads = 2,
            },
        };
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        var listener = new Listener(update =>
        {
            if (update is RunNotice notice)
            {
                _told.Add(notice);
            }
            else if (update is StepProgress step && step.Step == stopAt)
            {
                stop.Cancel();
            }
        });
        return await new RunEngine(TimeProvider.System, source).TrainAsync(
            new(options, Run, resume, AllowChangedData: allow),
            listener,
            stop.Token
        );
    }

    private async Task<double[]> Predict(NpyArray samples, double? scale = null)
    {
        var (input, output) = (_folder["x.npy"], _folder["y.npz"]);
        samples.Save(input);
        await new RunEngine(TimeProvider.System).PredictAsync(
            new(Run, CheckpointChoice.Last, input, output, Force: true, Scale: scale),
            Listener.Of(_told),
            Stop
        );
        return [.. NpzFile.Load(output, ["mean"])["mean"].ToSingles().Select(value => (double)value)];
    }

    private async Task<string> Evaluate(string? split = null) =>
        JsonSerializer.Serialize(
            await new RunEngine(TimeProvider.System).EvaluateAsync(new(Run, CheckpointChoice.Last, split), Listener.Of(_told), Stop)
        );
}
