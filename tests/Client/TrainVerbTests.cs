using NeuroTrails.Configuration;
using NeuroTrails.Running;

namespace NeuroTrails.Tests.Client;

public sealed class TrainVerbTests : ClientFixture
{
    private TrainRequest Asked => Assert.IsType<TrainRequest>(Assert.Single(Engine.Asked));

    [Fact]
    public async Task Options_reach_the_engine()
    {
        var config = Path.Combine(Folder, "my.yaml");
        await File.WriteAllTextAsync(config, "ensemble: {heads: 4}\n", TestContext.Current.CancellationToken);
        var code = await RunAsync(
            "train",
            "--preset",
            "quickstart",
            "--config",
            config,
            "--set",
            "topology.density=0.1",
            "--set",
            "training.batch=32",
            "--data",
            Folder,
            "--out",
            Path.Combine(Folder, "run"),
            "--seed",
            "9",
            "--device",
            "cpu",
            "--epochs",
            "2.5",
            "--telemetry",
            "console"
        );
        Assert.Equal((0, string.Empty), (code, Error));
        var options = Asked.Options;
        Assert.Equal(
            (4, 0.1, 32, 9L, "cpu", 2.5, null),
            (
                options.Ensemble.Heads,
                options.Topology.Density,
                options.Training.Batch,
                options.Seed,
                options.Device,
                options.Training.Epochs,
                options.Training.Steps
            )
        );
        Assert.Equal(
            (Folder, Path.Combine(Folder, "run"), ResumeMode.Never, ConsoleTelemetry.Own),
            (options.Data.Path, Asked.RunFolder, Asked.Resume, Asked.ConsoleTelemetry)
        );
    }

    [Fact]
    public async Task Epochs_overrule_steps_that_a_file_sets()
    {
        Assert.Equal(0, await RunAsync("train", "--preset", "quickstart", "--set", "training.steps=7", "--epochs", "3"));
        Assert.Null(Asked.Options.Training.Steps);
        Assert.Equal(3, Asked.Options.Training.Epochs);
    }

    [Fact]
    public async Task Steps_are_taken_instead_of_epochs()
    {
        Assert.Equal(0, await RunAsync("train", "--preset", "quickstart", "--steps", "7"));
        Assert.Equal(7, Asked.Options.Training.Steps);
        Assert.Matches("runs.quickstart-[0-9]+$", Asked.RunFolder);
    }

    [Theory]
    [InlineData("train", "--preset NAME (cifar10, ")]
    [InlineData("train --preset quickstart --epochs 1 --steps 1", "not both")]
    [InlineData("train --preset quickstart --resume auto", "--resume auto needs --out")]
    [InlineData("train --preset quikstart", "did you mean `quickstart`?")]
    [InlineData(
        "train --preset quickstart --set topology.density=1.5",
        "topology.density: 1.5 is not allowed; allowed is a number above 0, at most 1"
    )]
    [InlineData("train --preset quickstart --set topology.density=0", "topology.density: 0 is not allowed")]
    [InlineData(
        "train --preset quickstart --set ensemble.heads=0",
        "ensemble.heads: 0 is not allowed; allowed is a whole number at least 1"
    )]
    [InlineData("train --preset quickstart --device gpu", "device: `gpu` is no device")]
    [InlineData("train --preset quickstart --seed x --epochs y", "has 2 errors")]
    [InlineData("train --config nowhere.yaml", "nowhere.yaml")]
    [InlineData("train --resume nowhere", "there is no such folder")]
    [InlineData("train --resume nowhere --preset quickstart --seed 3", "leave out --preset, --seed")]
    public async Task Bad_input_is_explained_without_a_stack_trace(string line, string expected)
    {
        Assert.Equal(2, await RunAsync(line.Split(' ')));
        Assert.Contains(expected, Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", Error, StringComparison.Ordinal);
        Assert.Empty(Engine.Asked);
    }

    [Fact]
    public async Task Resume_takes_the_runs_own_settings()
    {
        var run = MakeRun("run", "cifar10");
        Assert.Equal(0, await RunAsync("train", "--resume", run, "--device", "cpu"));
        Assert.Equal(
            (ResumeMode.Always, run, "wrn-16-4", "cpu"),
            (Asked.Resume, Asked.RunFolder, Asked.Options.Model.Name, Asked.Options.Device)
        );
    }

    [Fact]
    public async Task Resume_takes_changes_of_settings_along()
    {
        var run = MakeRun("run");
        Assert.Equal(0, await RunAsync("train", "--resume", run, "--steps", "500", "--set", "training.learning_rate=0.01"));
        Assert.Equal((500, 0.01, 0.2), (Asked.Options.Training.Steps, Asked.Options.Training.LearningRate, Asked.Options.Topology.Density));
    }

    [Fact]
    public async Task Resume_auto_starts_where_there_is_no_run()
    {
        Assert.Equal(0, await RunAsync("train", "--preset", "quickstart", "--out", Path.Combine(Folder, "new"), "--resume", "auto"));
        Assert.Equal(ResumeMode.Auto, Asked.Resume);
    }

    [Fact]
    public async Task Resume_auto_goes_on_with_the_same_settings_only()
    {
        var run = MakeRun("run");
        Assert.Equal(0, await RunAsync("train", "--preset", "quickstart", "--out", run, "--resume", "auto", "--data", Folder));
        Assert.Equal(
            2,
            await RunAsync(
                "train",
                "--preset",
                "quickstart",
                "--out",
                run,
                "--resume",
                "auto",
                "--set",
                "topology.density=0.5",
                "--seed",
                "3"
            )
        );
        Assert.Contains("topology.density: the run has 0.2, asked for is 0.5", Error, StringComparison.Ordinal);
        Assert.Contains("seed: the run has 1, asked for is 3", Error, StringComparison.Ordinal);
        Assert.Single(Engine.Asked);
    }

    [Fact]
    public async Task Threads_that_the_run_resolved_are_no_other_settings()
    {
        var run = MakeRun("run");
        var path = Path.Combine(run, "config.yaml");
        var options = new RunOptionsReader()
            .AddFile(path)
            .AddAssignment("execution.backbone_threads=2")
            .AddAssignment("execution.parallel_heads=2")
            .AddAssignment("device=cpu")
            .Read();
        await File.WriteAllTextAsync(path, RunOptionsWriter.ToYaml(options), TestContext.Current.CancellationToken);
        Assert.Equal(0, await RunAsync("train", "--preset", "quickstart", "--out", run, "--resume", "auto"));
        Assert.Equal(2, Asked.Options.Execution.BackboneThreads);
    }

    [Fact]
    public async Task The_end_shows_the_ensemble_against_its_heads()
    {
        Assert.Equal(0, await RunAsync("train", "--preset", "quickstart", "--out", Path.Combine(Folder, "run")));
        foreach (
            var expected in new[]
            {
                "ensemble",
                "0.9321",
                "head 2",
                "mean of heads",
                "0.9100",
                "20.00 M active of 100.00 M weights, 21.30 M parameters",
                "7.16 GFLOP",
                "12 updates, 1,234 dropped",
                "runtime: test",
            }
        )
        {
            Assert.Contains(expected, Output, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task An_interruption_ends_with_130_and_the_command_that_goes_on()
    {
        Engine.Train = async (_, _, stop) =>
        {
            await Interruption.CancelAsync();
            Assert.True(stop.IsCancellationRequested);
            return new TrainResult(TrainOutcome.Interrupted, 40, 100, null);
        };
        var run = Path.Combine(Folder, "a run");
        Assert.Equal(130, await RunAsync("train", "--preset", "quickstart", "--out", run));
        Assert.Contains("interrupted at step 40 of 100; go on with: ./neurotrails train --resume '", Output, StringComparison.Ordinal);
        Assert.Contains("a run'", Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_finished_run_says_so()
    {
        Engine.Train = (_, _, _) => Task.FromResult(new TrainResult(TrainOutcome.AlreadyFinished, 100, 100, FakeEngine.Summary));
        Assert.Equal(0, await RunAsync("train", "--resume", MakeRun("run")));
        Assert.Contains("is finished: 100 steps were done before. Nothing was changed.", Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_users_error_is_a_message_and_2()
    {
        Engine.Train = (_, _, _) => throw new UserErrorException("b is larger than the network");
        Assert.Equal(2, await RunAsync("train", "--preset", "quickstart", "--out", Path.Combine(Folder, "run")));
        Assert.Equal("b is larger than the network\n", Error);
    }

    [Fact]
    public async Task A_failure_is_one_line_and_1_with_the_trace_in_the_log()
    {
        var run = MakeRun("run");
        Engine.Train = (_, _, _) => throw new TypeInitializationException("X", new InvalidOperationException("the cause\nmore"));
        Assert.Equal(1, await RunAsync("train", "--resume", run));
        var log = Path.Combine(run, "log.txt");
        Assert.Equal($"failed: the cause (details: {log})\n", Error);
        Assert.Contains("   at ", await File.ReadAllTextAsync(log, TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }
}
