using NeuroTrails.Configuration;
using NeuroTrails.Data;
using NeuroTrails.Running;
using NeuroTrails.Silo;
using NeuroTrails.Tests.Checkpoints;
using NeuroTrails.Training;

namespace NeuroTrails.Tests.Engine;

/// <summary>A run that starts from a file of weights.</summary>
public sealed class InitFromFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_run_starts_from_a_file_or_leaves_nothing_behind()
    {
        await Train("a", 0.5, null);
        foreach (var (ending, masks) in new[] { ("safetensors", true), ("safetensors", false), ("npz", true), ("npz", false) })
        {
            var file = _folder.File($"w-{masks}.{ending}");
            await Engine()
                .ExportAsync(
                    new(_folder.File("a"), CheckpointChoice.Last, file, Format: ExportRequest.FormatOf(file, null), Masks: masks),
                    new Listener(_ => { }),
                    TestContext.Current.CancellationToken
                );
            Assert.Equal(await Nll("a"), (await Train($"b-{masks}-{ending}", 0.5, file)).Nll, 1e-6);
            Assert.Equal(await Nll("a"), (await Train($"c-{masks}-{ending}", 1, file)).Nll, 1e-6);
            Assert.Equal(0.2, (await Train($"d-{masks}-{ending}", 0.2, file)).Density, 0.01);

            File.WriteAllBytes(file, File.ReadAllBytes(file)[..^40]);
            await Refused(file, "Give an intact file, or the folder of a run.");
        }

        await Refused(_folder.File("a/checkpoints/step-00000020/head-0.safetensors"), "it is one owner's part of a checkpoint");
        await Refused(_folder.File("none.npz"), "it cannot be read");

        async Task Refused(string file, string expected)
        {
            var refused = await Assert.ThrowsAsync<UserErrorException>(() => Train("new", 0.5, file));
            Assert.StartsWith("--init-from: ", refused.Message, StringComparison.Ordinal);
            Assert.Contains(file, refused.Message, StringComparison.Ordinal);
            Assert.Contains(expected, refused.Message, StringComparison.Ordinal);
            Assert.False(Directory.Exists(_folder.File("new")));
        }
    }

    private static RunEngine Engine()
    {
        static FloatDataSet Set(string name, int count) =>
            new(
                name,
                SampleShape.Vector(4),
                [.. Enumerable.Range(0, count * 4).Select(i => (float)Math.Sin(i * 1.7))],
                [.. Enumerable.Range(0, count).Select(i => i % 2)],
                2
            );
        return new(TimeProvider.System, new DataSetSource("points", Set("points/train", 64), Set("points/test", 32)));
    }

    private async Task<RunSummary> Train(string run, double density, string? from)
    {
        var options = new RunOptions
        {
            Device = "cpu",
            Data = new() { Validation = 0 },
            Model = new() { Name = "mlp", Hidden = [12, 10] },
            Ensemble = new() { Heads = 2, BlocksInHead = 1 },
            Topology = new() { Density = density },

            // A run that starts from a file has one step, which changes nothing that can be seen.
            Training = new()
            {
                Steps = from is null ? 20 : 1,
                Batch = 8,
                LearningRate = from is null ? 0.05 : 1e-12,
                WeightDecay = 0,
            },
            Execution = new()
            {
                BackboneThreads = 1,
                HeadThreads = 1,
                ParallelHeads = 2,
            },
        };
        var result = await Engine()
            .TrainAsync(
                new(options, _folder.File(run), ResumeMode.Never, InitFrom: from),
                new Listener(_ => { }),
                TestContext.Current.CancellationToken
            );
        return result.Summary!;
    }

    private async Task<double> Nll(string run) =>
        (
            await Engine()
                .EvaluateAsync(
                    new(_folder.File(run), CheckpointChoice.Last, "test"),
                    new Listener(_ => { }),
                    TestContext.Current.CancellationToken
                )
        ).Nll;
}
