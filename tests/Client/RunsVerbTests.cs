using System.Text.Json;
using NeuroTrails.Checkpoints;
using NeuroTrails.Client.Cli;
using NeuroTrails.Formats;
using NeuroTrails.Running;
using NeuroTrails.Tests.Checkpoints;

namespace NeuroTrails.Tests.Client;

/// <summary><c>runs</c>, and <c>status --json</c>, which tells the same of one run.</summary>
public sealed class RunsVerbTests : ClientFixture
{
    // 57 steps an epoch, 6 epochs: 342 steps.
    private const string Metrics = """
        {"step":57,"split":"validation","accuracy":0.8125,"nll":0.5}
        {"step":113,"epoch":1.9824561403508771,"head_loss":[0.5,0.3,0.1],"head_accuracy":[0.5,0.75,1],"seconds":0.3}
        {"step":114,"epoch":2,"head_loss":[0.25,0.5,0.75],"head_accuracy":[0.5,0.75,1],"seconds":0.1}
        {"step":11
        """;

    [Fact]
    public async Task A_run_under_way_is_one_object_of_documented_names()
    {
        var run = MakeRun("r");
        await File.WriteAllTextAsync(Path.Combine(run, "metrics.jsonl"), Metrics, TestContext.Current.CancellationToken);
        using var held = RunLock.Acquire(new RunFolder(run), TimeProvider.System);
        Assert.Equal(0, await RunAsync("status", run, "--json"));
        var json = JsonDocument.Parse(Output).RootElement;
        Assert.Equal(
            (run, "running", 114, 342),
            (Text(json, "run"), Text(json, "state"), json.GetProperty("step").GetInt64(), json.GetProperty("total_steps").GetInt64())
        );
        Assert.Equal(
            (0.5, 0.8125, "validation"),
            (json.GetProperty("loss").GetDouble(), json.GetProperty("accuracy").GetDouble(), Text(json, "accuracy_split"))
        );
        Assert.Equal(228 * 0.2, json.GetProperty("seconds_left").GetDouble(), 1e-9);
        Assert.Equal(
            ("wrn-10-1", "glyphs", 3, 0.2, 1),
            (
                Text(json, "model"),
                Text(json, "data"),
                json.GetProperty("heads").GetInt32(),
                json.GetProperty("density").GetDouble(),
                json.GetProperty("seed").GetInt32()
            )
        );
        Assert.False(json.TryGetProperty("resume", out _));
        var documented = string.Concat(House.Repository.Lines("docs/command-line.md").Where(line => line.StartsWith('|')));
        Assert.All(json.EnumerateObject(), field => Assert.Contains($"`{field.Name}`", documented, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_name_that_status_may_print_is_documented()
    {
        var documented = string.Concat(House.Repository.Lines("docs/command-line.md").Where(line => line.StartsWith('|')));
        var names = typeof(NeuroTrails.Client.Status.RunReport)
            .GetProperties()
            .Where(property => property.Name != "EqualityContract")
            .Select(property => JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name));
        Assert.All(names, name => Assert.Contains($"`{name}`", documented, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Runs_are_listed_the_last_written_first_with_why_they_failed()
    {
        Fail(MakeRun("bad"), FailureCause.Diverged, Now.AddMinutes(-3));
        Finish(MakeRun("good"), Now.AddHours(-2));
        var plain = MakeRun("plain");
        await File.WriteAllTextAsync(Path.Combine(plain, "metrics.jsonl"), Metrics, TestContext.Current.CancellationToken);
        var broken = MakeRun("broken");
        await File.WriteAllTextAsync(Path.Combine(broken, "config.yaml"), "seed: x\n", TestContext.Current.CancellationToken);
        Directory.CreateDirectory(Path.Combine(Folder, "no-run"));
        Assert.Equal(0, await RunAsync("runs", Folder));
        var lines = Output.TrimEnd().Split('\n');
        Assert.Equal(5, lines.Length);
        Assert.Matches("^run +state +step +accuracy +age$", lines[0]);
        Assert.Matches("^.*/plain +stopped +114/342 +0.81[23] validation +[0-9]+s$", lines[1]);
        Assert.Matches("^.*/bad +failed +–/– +– +3m 0[0-9]s +Step 7: the loss of head-1 is NaN$", lines[2]);
        Assert.Matches("^.*/good +finished +100/100 +0.932 test +2h 00m$", lines[3]);
        Assert.Matches("^.*/broken +unreadable +–/– +– +– +.*seed: `x` is not a whole number", lines[4]);
    }

    [Fact]
    public async Task Runs_as_json_are_the_same_objects()
    {
        Fail(MakeRun("a b"), FailureCause.Fault, Now);
        Assert.Equal(0, await RunAsync("runs", Folder, "--json"));
        var run = Assert.Single(JsonDocument.Parse(Output).RootElement.GetProperty("runs").EnumerateArray());
        Assert.Equal($"./neurotrails train --resume '{Folder}/a b'", Text(run, "resume"));
        var failure = run.GetProperty("failure");
        Assert.Equal(("fault", 7, "head-1"), (Text(failure, "cause"), failure.GetProperty("step").GetInt32(), Text(failure, "owner")));
    }

    [Theory]
    [InlineData(FailureCause.Diverged, "start_anew")]
    [InlineData(FailureCause.Data, "start_anew")]
    [InlineData(FailureCause.Input, "resume")]
    [InlineData(FailureCause.Fault, "resume")]
    public async Task Going_on_is_never_advised_where_it_fails_again(FailureCause cause, string advised)
    {
        var run = MakeRun("r");
        Fail(run, cause, Now);
        Assert.Equal(0, await RunAsync("status", run, "--json"));
        var json = JsonDocument.Parse(Output).RootElement;
        foreach (var name in new[] { "start_anew", "resume" })
        {
            Assert.Equal(name == advised, json.TryGetProperty(name, out _));
        }

        if (advised == "start_anew")
        {
            var change = cause == FailureCause.Diverged ? " --set training.learning_rate=0.01" : string.Empty;
            Assert.Equal($"./neurotrails train --config {run}/config.yaml{change} --out {run}-2", Text(json, advised));
        }
    }

    [Fact]
    public async Task Damage_of_checkpoints_is_in_the_object_and_in_the_exit_code()
    {
        var run = MakeRun("r");
        Directory.CreateDirectory(Path.Combine(run, "checkpoints"));
        Assert.Equal(0, await RunAsync("status", run, "--json", "--check"));
        Assert.Empty(JsonDocument.Parse(Output).RootElement.GetProperty("damage").EnumerateArray());
        var store = CheckpointSamples.Store(run);
        using (var draft = store.BeginTemp(3, 1))
        {
            draft.WriteOwner(
                "backbone",
                [new TensorSource("w", StoredDType.U8, [1], () => new byte[1])],
                new Dictionary<string, string> { ["owner"] = "backbone", ["step"] = "3" }
            );
            store.Commit(draft, CheckpointSamples.State);
        }

        CheckpointSamples.Damage(Path.Combine(run, "checkpoints", "step-00000003", "backbone.safetensors"));
        Assert.Equal(1, await RunAsync("status", run, "--json", "--check"));
        Assert.Contains("\"damage\": [\n", Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_runs_are_no_error_but_no_folder_is()
    {
        Assert.Equal(0, await RunAsync("runs", Folder));
        Assert.Equal($"no runs in {Folder}\n", Output);
        Assert.Equal(2, await RunAsync("runs", Path.Combine(Folder, "none")));
        Assert.Contains("there is no folder", Error, StringComparison.Ordinal);
        Assert.Equal(2, await RunAsync("status", "long", "--json", "--cluster", "127.0.0.1:30000"));
        Assert.Contains("--json tells of run folders", Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("runs/a-1.b_c", "runs/a-1.b_c")]
    [InlineData("a run", "'a run'")]
    [InlineData("it's", @"'it'\''s'")]
    [InlineData("-x", "./-x")]
    [InlineData("$HOME;x", "'$HOME;x'")]
    [InlineData("", "''")]
    public void Words_are_quoted_where_a_shell_needs_it(string word, string quoted) => Assert.Equal(quoted, ShellText.Quote(word));

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    private static string Text(JsonElement json, string name) => json.GetProperty(name).GetString()!;

    private static void Finish(string run, DateTimeOffset time) =>
        Write(run, JsonSerializer.Serialize(FakeEngine.Summary, RunJson.Default.RunSummary), time);

    private static void Fail(string run, FailureCause cause, DateTimeOffset time) =>
        Write(
            run,
            JsonSerializer.Serialize(
                new(
                    new()
                    {
                        Reason = "Step 7: the loss of head-1 is NaN",
                        Cause = cause,
                        Step = 7,
                        Owner = "head-1",
                        Time = time,
                    }
                ),
                RunJson.Default.FailedRun
            ),
            time
        );

    private static void Write(string run, string summary, DateTimeOffset time)
    {
        File.WriteAllText(Path.Combine(run, "summary.json"), summary);
        foreach (var file in Directory.EnumerateFiles(run))
        {
            File.SetLastWriteTimeUtc(file, time.UtcDateTime);
        }
    }
}
