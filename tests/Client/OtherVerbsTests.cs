using System.Text.Json;
using NeuroTrails.Running;

namespace NeuroTrails.Tests.Client;

public sealed class OtherVerbsTests : ClientFixture
{
    [Fact]
    public async Task Eval_prints_a_table_and_writes_json()
    {
        var run = MakeRun("run");
        var json = Path.Combine(Folder, "eval.json");
        Assert.Equal(0, await RunAsync("eval", "--run", run, "--checkpoint", "best", "--split", "validation", "--json", json));
        Assert.Equal("warning: step 125 is damaged; step 100 is used\n", Error);
        Assert.Contains("ensemble", Output, StringComparison.Ordinal);
        Assert.DoesNotContain("disagreement", Output, StringComparison.Ordinal);
        var asked = Assert.IsType<EvaluationRequest>(Assert.Single(Engine.Asked));
        Assert.Equal((run, true, "validation"), (asked.RunFolder, asked.Checkpoint.IsBest, asked.Split));
        var result = JsonSerializer.Deserialize(
            await File.ReadAllTextAsync(json, TestContext.Current.CancellationToken),
            RunJson.Default.EvaluationResult
        )!;
        Assert.Equal((0.9, 100L, null), (result.Accuracy, result.Step, result["disagreement"]));
    }

    [Fact]
    public async Task Eval_shows_which_class_was_taken_for_which()
    {
        Assert.Equal(0, await RunAsync("eval", "--run", MakeRun("run")));
        Assert.Contains("true class (rows) by predicted class (columns):\n", Output, StringComparison.Ordinal);
        Assert.Contains("| cat   | 1,200 |    34 |\n| [dog] |     0 |   766 |\n", Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Eval_of_many_classes_shows_the_most_frequent_mistakes()
    {
        var counts = Enumerable
            .Range(0, 30)
            .Select(truth =>
                Enumerable
                    .Range(0, 30)
                    .Select(taken =>
                        truth == taken ? 50L
                        : truth == 3 && taken < 12 ? taken
                        : 0
                    )
                    .ToArray()
            )
            .ToArray();
        (Engine.Confusion, Engine.ClassNames) = (counts, null);
        Assert.Equal(0, await RunAsync("eval", "--run", MakeRun("run")));
        Assert.Contains(
            "most frequent of 10 kinds of mistakes (--json has all):\n  11 times 3 taken for 11\n  10 times 3 taken for 10\n",
            Output,
            StringComparison.Ordinal
        );
        Assert.Contains("  1 time 3 taken for 1\n", Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Eval_prints_nothing_but_json_when_asked_to()
    {
        Assert.Equal(0, await RunAsync("eval", "--run", MakeRun("run"), "--json", "-"));
        var json = JsonDocument.Parse(Output).RootElement;
        Assert.Equal(0.9, json.GetProperty("accuracy").GetDouble());
        Assert.Equal((34, "cat"), (json.GetProperty("confusion")[0][1].GetInt64(), json.GetProperty("class_names")[0].GetString()));
    }

    [Fact]
    public async Task Eval_tells_foreign_samples_from_the_split()
    {
        var foreign = Path.Combine(Folder, "foreign.npy");
        await File.WriteAllTextAsync(foreign, "x", TestContext.Current.CancellationToken);
        Assert.Equal(0, await RunAsync("eval", "--run", MakeRun("run"), "--ood", foreign));
        Assert.Equal(foreign, Assert.IsType<EvaluationRequest>(Assert.Single(Engine.Asked)).Foreign);
        Assert.Contains(
            "50 foreign samples told from the test split (0.5 of AUROC is guessing):\n  by entropy             AUROC 0.9700, AUPR 0.6000, FPR95 0.1250\n",
            Output,
            StringComparison.Ordinal
        );
        Assert.Equal(2, await RunAsync("eval", "--run", Path.Combine(Folder, "run"), "--ood", foreign + "x"));
        Assert.Contains("--ood: there is no file or folder `", Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Eval_shows_what_calibration_brings()
    {
        Assert.Equal(0, await RunAsync("eval", "--run", MakeRun("run")));
        Assert.Contains("temperature T fitted on 410 validation samples, measured on the test split:\n", Output, StringComparison.Ordinal);
        Assert.Contains("| ensemble |   1.5000 | 0.3100 |   0.2900 | 0.0200 |   0.0100 |\n", Output, StringComparison.Ordinal);
        Assert.Contains(
            "T stays between 0.01 and 100: at a bound, the samples of validation would have it beyond\n",
            Output,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "conformal sets at alpha 0.1, by 205 samples of validation: coverage 0.9100, mean size 1.2500\n",
            Output,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Eval_without_calibration_says_nothing_of_it()
    {
        Assert.Equal(0, await RunAsync("eval", "--run", MakeRun("run"), "--calibration", "none"));
        Assert.False(Assert.IsType<EvaluationRequest>(Assert.Single(Engine.Asked)).Calibrates);
        Assert.DoesNotContain("temperature", Output, StringComparison.Ordinal);
        Assert.Equal(2, await RunAsync("eval", "--run", Path.Combine(Folder, "run"), "--calibration", "test"));
    }

    [Fact]
    public async Task Eval_shows_figures_under_corruptions()
    {
        var run = MakeRun("run");
        Assert.Equal(0, await RunAsync("eval", "--run", run, "--corruptions", "--corruption-seed", "7"));
        Assert.Equal(7, Assert.IsType<EvaluationRequest>(Assert.Single(Engine.Asked)).CorruptionSeed);
        Assert.Contains("| fog  | 0.750 | 0.250 | 0.500 | 1.000 | 0.150 |\n", Output, StringComparison.Ordinal);
        Assert.Contains("| snow | 0.500 |     – | 0.500 | 1.000 | 0.300 |\n", Output, StringComparison.Ordinal);
        Assert.Contains(
            "mean under corruption: accuracy 0.5000, NLL 1.0000, ECE 0.2000; mCE (mean error, not normalised) 0.5000; seed 7\n",
            Output,
            StringComparison.Ordinal
        );
        Assert.Equal(2, await RunAsync("eval", "--run", run, "--corruption-seed", "7"));
        Assert.Contains("--corruption-seed goes with --corruptions", Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("newest")]
    [InlineData("-3")]
    [InlineData("1.5")]
    public async Task Eval_refuses_what_names_no_checkpoint(string checkpoint)
    {
        Assert.Equal(2, await RunAsync("eval", "--run", MakeRun("run"), $"--checkpoint={checkpoint}"));
        Assert.Contains("neither last nor best nor a step", Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Eval_names_the_runs_that_there_are()
    {
        MakeRun("first");
        Assert.Equal(2, await RunAsync("eval", "--run", Path.Combine(Folder, "frist")));
        Assert.Contains($"Runs in {Folder}: first.", Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Eval_says_when_the_json_file_cannot_be_written()
    {
        Assert.Equal(2, await RunAsync("eval", "--run", MakeRun("run"), "--json", Path.Combine(Folder, "no", "such", "file.json")));
        Assert.Contains("--json", Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Predict_checks_its_files_first()
    {
        var run = MakeRun("run");
        var input = Path.Combine(Folder, "x.npy");
        Assert.Equal(2, await RunAsync("predict", "--run", run, "--input", input, "--output", Path.Combine(Folder, "y.npz")));
        Assert.Contains("--input: there is no file", Error, StringComparison.Ordinal);
        await File.WriteAllTextAsync(input, "x", TestContext.Current.CancellationToken);
        Assert.Equal(2, await RunAsync("predict", "--run", run, "--input", input, "--output", Path.Combine(Folder, "no", "y.npz")));
        Assert.Empty(Engine.Asked);
        Assert.Equal(
            0,
            await RunAsync("predict", "--run", run, "--input", input, "--output", Path.Combine(Folder, "y.npz"), "--checkpoint", "75")
        );
        Assert.Equal(75, Assert.IsType<PredictionRequest>(Assert.Single(Engine.Asked)).Checkpoint.Step);
        Assert.Contains("5 samples, 10 classes, 3 heads", Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("x.npy", "is the file that is read")]
    [InlineData("link.npy", "is the file that is read")]
    [InlineData("run/config.yaml", "names no format. Allowed: .npz, .npy, .csv, .json")]
    [InlineData("run/summary.json", "belongs to the run in")]
    [InlineData("run/checkpoints/a.npz", "belongs to the run in")]
    [InlineData("y", "ends in no extension")]
    [InlineData("there.csv", "is there already. Name another file, or let it be replaced by --force")]
    [InlineData("nowhere.json", "is there already")]
    [InlineData("pipe.npz", "is a named pipe, not a file")]
    public async Task Predict_overwrites_nothing_and_says_so_first(string output, string expected)
    {
        var run = MakeRun("run");
        Directory.CreateDirectory(Path.Combine(run, "checkpoints"));
        var input = Path.Combine(Folder, "x.npy");
        await File.WriteAllTextAsync(input, "x", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(Folder, "there.csv"), "mine", TestContext.Current.CancellationToken);
        File.CreateSymbolicLink(Path.Combine(Folder, "link.npy"), input);
        File.CreateSymbolicLink(Path.Combine(Folder, "nowhere.json"), Path.Combine(Folder, "absent"));
        NeuroTrails.Tests.Checkpoints.SpecialFiles.Put(Path.Combine(Folder, "pipe.npz"), "a named pipe");
        Assert.Equal(2, await RunAsync("predict", "--run", run, "--input", input, "--output", Path.Combine(Folder, output)));
        Assert.Contains(expected, Error, StringComparison.Ordinal);
        Assert.Empty(Engine.Asked);
        Assert.Equal("mine", await File.ReadAllTextAsync(Path.Combine(Folder, "there.csv"), TestContext.Current.CancellationToken));

        // A file of somebody else's is the user's to give up; inputs and a run's files are not.
        var mayForce = expected.StartsWith("is there", StringComparison.Ordinal);
        Assert.Equal(
            mayForce ? 0 : 2,
            await RunAsync("predict", "--run", run, "--input", input, "--output", Path.Combine(Folder, output), "--force")
        );
        Assert.Equal(mayForce, Engine.Asked.Count == 1);
    }

    [Fact]
    public async Task Eval_replaces_a_file_only_when_told_to_and_looks_first()
    {
        var (run, json) = (MakeRun("run"), Path.Combine(Folder, "eval.json"));
        await File.WriteAllTextAsync(json, "mine", TestContext.Current.CancellationToken);
        Assert.Equal(2, await RunAsync("eval", "--run", run, "--json", json));
        Assert.Empty(Engine.Asked);
        Assert.Equal(0, await RunAsync("eval", "--run", run, "--json", json, "--force"));
        Assert.StartsWith("{", await File.ReadAllTextAsync(json, TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Status_reads_what_a_run_left()
    {
        var run = MakeRun("run");
        await File.WriteAllTextAsync(
            Path.Combine(run, "metrics.jsonl"),
            """{"step":40,"loss":[0.5,0.25]}""" + "\n" + """{"step":5""",
            TestContext.Current.CancellationToken
        );
        Assert.Equal(0, await RunAsync("status", run));
        Assert.Contains("stopped before its first checkpoint", Output, StringComparison.Ordinal);
        Assert.Contains("step 40, loss [0.5 0.25]", Output, StringComparison.Ordinal);
        Assert.Contains("wrn-10-1 on glyphs, 3 heads", Output, StringComparison.Ordinal);

        await File.WriteAllTextAsync(
            Path.Combine(run, "summary.json"),
            JsonSerializer.Serialize(FakeEngine.Summary, RunJson.Default.RunSummary),
            TestContext.Current.CancellationToken
        );
        Assert.Equal(0, await RunAsync("status", run));
        Assert.Contains("finished", Output, StringComparison.Ordinal);
        Assert.Contains("0.9321", Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Status_knows_a_run_that_is_being_written()
    {
        var run = MakeRun("run");
        using var held = NeuroTrails.Checkpoints.RunLock.Acquire(new NeuroTrails.Checkpoints.RunFolder(run), TimeProvider.System);
        Assert.Equal(0, await RunAsync("status", run));
        Assert.Contains("state       running", Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Summaries_have_the_promised_keys()
    {
        var keys = JsonDocument
            .Parse(JsonSerializer.Serialize(FakeEngine.Summary, RunJson.Default.RunSummary))
            .RootElement.EnumerateObject()
            .Select(pair => pair.Name)
            .ToHashSet();
        Assert.Superset(
            new HashSet<string>
            {
                "accuracy",
                "nll",
                "ece",
                "head_accuracy",
                "disagreement",
                "heads",
                "density",
                "active_parameters",
                "dense_parameters",
                "active_weights",
                "weights",
                "inference_flops",
                "topology_updates",
                "dropped",
                "grown",
                "steps",
                "train_seconds",
                "runtime",
            },
            keys
        );
    }
}
