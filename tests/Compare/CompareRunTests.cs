using System.Diagnostics;
using System.Text.Json.Nodes;
using NeuroTrails.Checkpoints;
using NeuroTrails.Client.Cli;
using NeuroTrails.Client.Report;
using NeuroTrails.Running;
using NeuroTrails.Silo;
using NeuroTrails.Tests.Chaos;
using NeuroTrails.Tests.Checkpoints;

namespace NeuroTrails.Tests.Compare;

/// <summary>Comparisons as processes, with runs that take a second or two.</summary>
public sealed class CompareRunTests
{
    private static readonly string[] Tiny =
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
        "training.steps=150",
        "--device",
        "cpu",
    ];

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task A_comparison_that_is_killed_goes_on_and_ends_with_the_same_files()
    {
        using var folder = new TemporaryFolder();
        string[] asked = ["compare", "--methods", "neurotrails,single", "--seeds", "4", .. Tiny, "--out"];
        var (undisturbed, killed) = (folder.File("undisturbed"), folder.File("killed"));
        var (exitCode, output) = await ClientProcess.Run([.. asked, undisturbed]);
        Assert.True(exitCode == 0, output);
        Assert.Contains("neurotrails", output, StringComparison.Ordinal);

        var random = new Random(4);
        var interrupted = 0;
        for (var round = 0; round < 2; round++)
        {
            using var process = ClientProcess.Start([.. asked, killed]);
            _ = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            _ = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            await Until(() => process.HasExited || Running(killed).Any(run => HasSteps(run)));
            await Task.Delay(random.Next(500), TestContext.Current.CancellationToken);
            if (!process.HasExited)
            {
                interrupted++;
                process.Kill();
            }

            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            if (round == 1)
            {
                // Whoever trains sees that nobody watches any more, and ends with a checkpoint.
                await Until(() => !Running(killed).Any());
            }
        }

        (exitCode, output) = await ClientProcess.Run([.. asked, killed]);
        Assert.True(exitCode == 0, output);
        Assert.True(interrupted > 0, "it was never killed");
        Assert.Equal(Record(undisturbed), Record(killed));
        foreach (var run in Comparison.Read(undisturbed)!.Runs)
        {
            var (expected, found) = (Weights(undisturbed, run), Weights(killed, run));
            Assert.NotEmpty(expected);
            Assert.Equal(expected.Keys, found.Keys);
            Assert.All(expected, shard => Assert.True(shard.Value.AsSpan().SequenceEqual(found[shard.Key]), $"{run.Folder}: {shard.Key}"));
            Assert.Equal(Summary(undisturbed, run).ToJsonString(), Summary(killed, run).ToJsonString());
        }

        Assert.Equal(await Report(undisturbed), await Report(killed));
    }

    [Fact]
    public async Task A_comparison_that_is_asked_to_stop_says_how_to_go_on()
    {
        using var folder = new TemporaryFolder();
        var comparison = folder.File("c");
        using var process = ClientProcess.Start([
            "compare",
            "--methods",
            "single",
            "--seeds",
            "1",
            .. Tiny,
            "--set",
            "training.steps=100000",
            "--out",
            comparison,
        ]);
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        _ = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await Until(() => Running(comparison).Any(HasSteps));
        // Not SIGINT, which a shell has its background jobs ignore.
        using (var kill = Process.Start("kill", ["-TERM", $"{process.Id}"]))
        {
            await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        await process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(Patience, TestContext.Current.CancellationToken);
        Assert.Equal(130, process.ExitCode);
        Assert.Contains(
            "interrupted, 1 run left; go on with: ./neurotrails compare --methods single",
            await output,
            StringComparison.Ordinal
        );
        Assert.Empty(Running(comparison));
        var run = new RunFolder(Path.Combine(comparison, Assert.Single(Comparison.Read(comparison)!.Runs).Folder));
        Assert.NotEmpty(new CheckpointStore(run.Path, TimeProvider.System).List());
    }

    [Fact]
    public async Task A_run_that_fails_leaves_the_others_alone()
    {
        using var folder = new TemporaryFolder();
        var comparison = folder.File("c");
        string[] asked =
        [
            "compare",
            "--methods",
            "single,neurotrails",
            "--seeds",
            "1,2",
            .. Tiny,
            "--set",
            "training.steps=20",
            "--set-for",
            "single:training.learning_rate=1e30",
            "--out",
            comparison,
        ];
        var (exitCode, output) = await ClientProcess.Run(asked);
        Assert.True(exitCode == 1, output);
        var runs = Comparison.Read(comparison)!.Runs;
        Assert.All(
            runs,
            run =>
                Assert.Equal(
                    (run.Method == "single" ? ComparedState.Failed : ComparedState.Finished, run.Method == "single"),
                    (run.State, run.Reason?.Contains("the training has diverged", StringComparison.Ordinal) ?? false)
                )
        );
        Assert.Contains($"runs/single/seed-1 failed: {runs[0].Reason}", output, StringComparison.Ordinal);

        // Somebody puts a file where a run's folder was: that run is tried again, and one that would diverge again is not.
        var (first, second) = (Path.Combine(comparison, runs[0].Folder), Path.Combine(comparison, runs[2].Folder));
        var before = File.GetLastWriteTimeUtc(Path.Combine(first, "log.txt"));
        Directory.Delete(second, recursive: true);
        await File.WriteAllTextAsync(second, "x", TestContext.Current.CancellationToken);
        (exitCode, output) = await ClientProcess.Run(asked);
        Assert.True(exitCode == 1, output);
        Assert.Equal(before, File.GetLastWriteTimeUtc(Path.Combine(first, "log.txt")));
        var again = Comparison.Read(comparison)!.Runs;
        Assert.Equal(runs.Select(run => run.State), again.Select(run => run.State));
        Assert.Equal(runs[0].Reason, again[0].Reason);
        Assert.Contains("seed-2", again[2].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Trials_select_on_validation_and_never_see_the_test_split()
    {
        using var folder = new TemporaryFolder();
        var comparison = folder.File("c");
        var (exitCode, output) = await ClientProcess.Run([
            "compare",
            "--methods",
            "single",
            "--seeds",
            "3",
            .. Tiny,
            "--tune",
            "learning_rate=1e-6,0.1,1e30",
            "--out",
            comparison,
        ]);

        // A trial that diverges is a result.
        Assert.True(exitCode == 0, output);
        var record = Comparison.Read(comparison)!;
        var trials = record.Runs.Where(run => run.Role == ComparedRole.Trial).ToList();
        Assert.Equal([ComparedState.Finished, ComparedState.Finished, ComparedState.Failed], trials.Select(run => run.State));
        foreach (var trial in trials)
        {
            var metrics = await File.ReadAllTextAsync(
                Path.Combine(comparison, trial.Folder, "metrics.jsonl"),
                TestContext.Current.CancellationToken
            );
            Assert.DoesNotContain("\"test\"", metrics, StringComparison.Ordinal);
        }

        Assert.True(trials[1].Validation < trials[0].Validation);
        Assert.Equal("0.1", record.Selected["single"]["training.learning_rate"]);
        var final = Assert.Single(record.Runs, run => run.Role == ComparedRole.Final);
        Assert.Contains("training.learning_rate=0.1", final.Settings);
        Assert.Equal("test", (string?)Summary(comparison, final)["split"]);
        Assert.Contains("among 3 trials (1 failed) of seed 3", output, StringComparison.Ordinal);

        // The printed command makes the same run by itself.
        var alone = folder.File("alone");
        var words = final.Settings.SelectMany(setting => new[] { "--set", setting });
        (exitCode, output) = await ClientProcess.Run(["train", "--preset", "quickstart", .. words, "--seed", "3", "--out", alone]);
        Assert.True(exitCode == 0, output);
        Assert.Equal(Figures(comparison, final), Figures(folder.Path, final with { Folder = "alone" }));
    }

    private static string Figures(string comparison, ComparedRun run) => Summary(comparison, run)["nll"]!.ToJsonString();

    // What a run measured of time is its own.
    private static JsonObject Summary(string comparison, ComparedRun run)
    {
        var summary = JsonNode.Parse(File.ReadAllText(Path.Combine(comparison, run.Folder, "summary.json")))!.AsObject();
        summary.Remove("train_seconds");
        summary.Remove("peak_mib");
        summary.Remove("cpu_joules");
        return summary;
    }

    // What a report says, but for what was measured of time, memory and energy, and where it lies.
    private static async Task<(string Json, string Csv)> Report(string comparison)
    {
        using var said = new StringWriter();
        var host = new ClientHost
        {
            Engine = () => new RunEngine(TimeProvider.System),
            Output = said,
            Error = said,
        };
        var notes = new List<string>();
        var input = ReportInput.Of([comparison], notes.Add);
        var data = await new ReportMaker(host, new Progress<RunUpdate>()).GatherAsync(
            new() { Paths = [comparison], Command = "report" },
            input,
            notes,
            TestContext.Current.CancellationToken
        );
        Assert.Equal(2, data.Groups.Sum(group => group.Runs.Count));
        data = data with
        {
            Made = DateTimeOffset.UnixEpoch,
            Groups =
            [
                .. data.Groups.Select(group =>
                    group with
                    {
                        Runs =
                        [
                            .. group.Runs.Select(run =>
                                run with
                                {
                                    Cost = run.Cost with { TrainSeconds = null, PeakMib = null, CpuJoules = null },
                                }
                            ),
                        ],
                    }
                ),
            ],
        };
        return (Named(ReportJson.Of(data, "figures").ToJsonString()), Named(ReportFolder.Csv(data)));

        string Named(string text) => text.Replace(Path.GetFileName(comparison), "NAME", StringComparison.Ordinal);
    }

    private static string Record(string comparison) =>
        File.ReadAllText(Path.Combine(comparison, Comparison.FileName))
            .Replace(Path.GetFileName(comparison), "NAME", StringComparison.Ordinal);

    private static IEnumerable<string> Running(string comparison) =>
        Directory.Exists(comparison)
            ? Directory
                .EnumerateFiles(comparison, "run.lock", SearchOption.AllDirectories)
                .Select(file => Path.GetDirectoryName(file)!)
                .Where(run => run != comparison && RunLock.HolderOf(new RunFolder(run), TimeProvider.System) is not null)
            : [];

    private static bool HasSteps(string run) => new FileInfo(Path.Combine(run, "metrics.jsonl")) is { Exists: true, Length: > 0 };

    private static SortedDictionary<string, byte[]> Weights(string comparison, ComparedRun run)
    {
        var last = Directory
            .GetDirectories(Path.Combine(comparison, run.Folder, "checkpoints"), "step-*")
            .Order(StringComparer.Ordinal)
            .Last();
        return new(
            Directory
                .GetFiles(last, "*.safetensors")
                .ToDictionary(file => $"{Path.GetFileName(last)}/{Path.GetFileName(file)}", File.ReadAllBytes),
            StringComparer.Ordinal
        );
    }

    private static async Task Until(Func<bool> isSo)
    {
        var waited = Stopwatch.StartNew();
        while (!isSo())
        {
            Assert.True(waited.Elapsed < Patience, "waited in vain");
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
    }
}
