using System.Security.Cryptography;
using NeuroTrails.Configuration;
using NeuroTrails.Data;
using NeuroTrails.Running;
using NeuroTrails.Silo;
using NeuroTrails.Tests.Checkpoints;
using NeuroTrails.Training;

namespace NeuroTrails.Tests.Engine;

/// <summary>A run that starts from another's weights.</summary>
public sealed class InitFromTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly List<RunNotice> _told = [];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(0.5)]
    [InlineData(1.0)]
    public async Task It_is_where_the_other_one_was(double density)
    {
        var first = await Train("a", Options(density));
        var second = await Train("b", Still(density), from: "a");
        Assert.Equal(first.Nll, second.Nll, 1e-6);
        Assert.Equal(first.OfHeads("nll")!, second.OfHeads("nll")!, (a, b) => Math.Abs(a - b) < 1e-6);
        Assert.Contains($"starting from the weights of {_folder.File("a")}, step 20", _told.Select(told => told.Message));
        Assert.NotEqual(first.Nll, (await Train("c", Still(density))).Nll, 1e-3);

        // Fewer heads, and one of its checkpoints by name.
        var fewer = Still(density) with
        {
            Ensemble = new() { Heads = 1, BlocksInHead = 1 },
        };
        var third = await Train("d", fewer, from: "a/checkpoints/step-00000020");
        Assert.Equal(first.OfHeads("nll")![0], third.Nll, 1e-6);
    }

    [Fact]
    public async Task Another_density_keeps_the_largest_weights_or_adds_to_them()
    {
        await Train("a", Options(0.5));
        Assert.Equal(0.2, (await Train("b", Still(0.2), from: "a")).Density, 0.01);
        Assert.Equal(0.8, (await Train("c", Still(0.8), from: "a")).Density, 0.01);
        var dense = await Train("d", Still(1), from: "a");
        Assert.Equal(1, dense.Density);
        Assert.Equal((await Evaluate("a")).Nll, dense.Nll, 1e-6);
    }

    [Fact]
    public async Task Other_classes_start_with_a_last_layer_of_their_own()
    {
        await Train("a", Options(0.5));
        await Train("b", Still(0.5), from: "a", classes: 3);
        Assert.Contains(
            _told,
            notice =>
                System.Text.RegularExpressions.Regex.IsMatch(
                    notice.Message,
                    "^starting from the weights of .*/a, step 20; of another shape and therefore drawn: [a-z0-9._]+, [a-z0-9._]+$"
                )
        );
    }

    [Fact]
    public async Task What_is_lost_before_its_first_checkpoint_begins_with_the_same_weights_again()
    {
        await Train("a", Options(0.5));
        await Train("b", Options(0.5), from: "a");
        var expected = Hashes();
        Directory.Delete(_folder.File("a"), recursive: true);
        Directory.Delete(_folder.File("b/checkpoints"), recursive: true);
        Directory.CreateDirectory(_folder.File("b/checkpoints"));
        File.Delete(_folder.File("b/summary.json"));
        await Train("b", Options(0.5), resume: ResumeMode.Always);
        Assert.Equal(expected, Hashes());

        string[] Hashes() =>
            [
                .. Directory
                    .EnumerateFiles(_folder.File("b/checkpoints/step-00000020"), "*.safetensors")
                    .Order(StringComparer.Ordinal)
                    .Select(file => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(file)))),
            ];
    }

    [Fact]
    public async Task What_does_not_fit_is_refused_before_a_folder_is_made()
    {
        await Train("a", Options(0.5));
        await Refused(
            Options(0.5) with
            {
                Ensemble = new() { Heads = 3, BlocksInHead = 1 },
            },
            "a",
            "it has 2 heads, and 3 are asked for. Change ensemble.heads"
        );
        await Refused(
            Options(0.5) with
            {
                Ensemble = new() { Heads = 2, BlocksInHead = 2 },
            },
            "a",
            "Change model.name, model.hidden or ensemble.blocks_in_head"
        );
        await Refused(
            Options(0.5) with
            {
                Training = new()
                {
                    Steps = 1,
                    Batch = 8,
                    Precision = Precision.Float64,
                },
            },
            "a",
            "Change training.precision"
        );
        await Refused(
            Options(0.5),
            "none",
            "none` holds no run (no config.yaml). Give the folder of a run, or of one of its checkpoints, or a file of weights (.safetensors, .npz)."
        );
        File.Delete(_folder.File("a/data.json"));
        await Refused(Options(0.5), "a", "a run of an older version, without data.json");
    }

    private static RunOptions Options(double density) =>
        new()
        {
            Device = "cpu",
            Model = new() { Name = "mlp", Hidden = [12, 10] },
            Ensemble = new() { Heads = 2, BlocksInHead = 1 },
            Topology = new() { Density = density },
            Training = new()
            {
                Steps = 20,
                Batch = 8,
                LearningRate = 0.05,
            },
            Execution = new()
            {
                BackboneThreads = 1,
                HeadThreads = 1,
                ParallelHeads = 2,
            },
        };

    // A step that changes nothing that can be seen.
    private static RunOptions Still(double density) =>
        Options(density) with
        {
            Seed = 9,
            Training = new()
            {
                Steps = 1,
                Batch = 8,
                LearningRate = 1e-12,
                WeightDecay = 0,
            },
        };

    private static DataSetSource Points(int classes)
    {
        IDataSet Set(string name, int count) =>
            new FloatDataSet(
                name,
                SampleShape.Vector(4),
                [.. Enumerable.Range(0, count * 4).Select(i => (float)Math.Sin(i * 1.7))],
                [.. Enumerable.Range(0, count).Select(i => i % classes)],
                classes
            );
        return new("points", Set("points/train", 64), Set("points/test", 32));
    }

    private async Task<RunSummary> Train(
        string run,
        RunOptions options,
        string? from = null,
        int classes = 2,
        ResumeMode resume = ResumeMode.Never
    ) =>
        (
            await new RunEngine(TimeProvider.System, Points(classes)).TrainAsync(
                new(
                    options with
                    {
                        Data = new() { Validation = 0 },
                    },
                    _folder.File(run),
                    resume,
                    InitFrom: from is null ? null : _folder.File(from)
                ),
                Listener.Of(_told),
                TestContext.Current.CancellationToken
            )
        ).Summary!;

    private async Task<EvaluationResult> Evaluate(string run) =>
        await new RunEngine(TimeProvider.System, Points(2)).EvaluateAsync(
            new(_folder.File(run), CheckpointChoice.Last, "test"),
            Listener.Of(_told),
            TestContext.Current.CancellationToken
        );

    private async Task Refused(RunOptions options, string from, string message)
    {
        var error = await Assert.ThrowsAsync<UserErrorException>(() => Train("new", options, from));
        Assert.StartsWith("--init-from: ", error.Message, StringComparison.Ordinal);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder.File("new")));
    }
}
