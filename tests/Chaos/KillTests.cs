using NeuroTrails.Tests.Checkpoints;

namespace NeuroTrails.Tests.Chaos;

/// <summary>Kill -9 at any moment, resume, and end with the bits of an undisturbed run.</summary>
public sealed class KillTests
{
    private const int Kills = 10;

    private static readonly string[] Settings =
    [
        "--preset",
        "quickstart",
        "--set",
        "model.name=mlp",
        "--set",
        "model.hidden=[48,32,32]",
        "--set",
        "training.batch=32",
        "--set",
        "topology.every=7",
        "--set",
        "checkpoint.every_steps=5",
        "--set",
        "data.limit=640",
        "--set",
        "execution.backbone_threads=1",
        "--steps",
        "400",
        "--device",
        "cpu",
    ];

    [Fact]
    public async Task A_run_killed_ten_times_ends_with_the_bits_of_an_undisturbed_one()
    {
        using var folder = new TemporaryFolder();
        var (undisturbed, killed) = (folder.File("undisturbed"), folder.File("killed"));
        var (exitCode, output) = await ClientProcess.Run(["train", .. Settings, "--out", undisturbed]);
        Assert.True(exitCode == 0, output);

        var random = new Random(20);
        var interrupted = 0;
        for (var i = 0; i < Kills; i++)
        {
            using var process = ClientProcess.Start(["train", .. Settings, "--out", killed, "--resume", "auto"]);
            _ = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            _ = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            await Progress(killed, TestContext.Current.CancellationToken);
            await Task.Delay(random.Next(150), TestContext.Current.CancellationToken);
            if (!process.HasExited)
            {
                process.Kill();
                interrupted++;
            }

            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        (exitCode, output) = await ClientProcess.Run(["train", .. Settings, "--out", killed, "--resume", "auto"]);
        Assert.True(exitCode == 0, output);
        Assert.InRange(interrupted, Kills / 2, Kills);
        var expected = Shards(undisturbed);
        Assert.Equal(4, expected.Count);
        Assert.Equal(expected.Keys, Shards(killed).Keys);
        Assert.All(Shards(killed), shard => Assert.True(shard.Value.AsSpan().SequenceEqual(expected[shard.Key]), $"{shard.Key} differs"));
    }

    // Lets a process get as far as its first steps, so that kills fall into training, saving and resuming alike.
    private static async Task Progress(string run, CancellationToken stop)
    {
        var metrics = new FileInfo(Path.Combine(run, "metrics.jsonl"));
        var before = metrics.Exists ? metrics.Length : 0;
        for (var waited = 0; waited < 100; waited++)
        {
            metrics.Refresh();
            if (metrics.Exists && metrics.Length != before)
            {
                return;
            }

            await Task.Delay(50, stop);
        }
    }

    private static SortedDictionary<string, byte[]> Shards(string run)
    {
        var last = Directory.GetDirectories(Path.Combine(run, "checkpoints"), "step-*").Order(StringComparer.Ordinal).Last();
        return new(
            Directory
                .GetFiles(last, "*.safetensors")
                .ToDictionary(file => $"{Path.GetFileName(last)}/{Path.GetFileName(file)}", File.ReadAllBytes),
            StringComparer.Ordinal
        );
    }
}
