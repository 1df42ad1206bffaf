using NeuroTrails.Checkpoints;
using NeuroTrails.Client.Cli;
using NeuroTrails.Configuration;
using NeuroTrails.Data;
using NeuroTrails.Grains;
using NeuroTrails.Running;
using NeuroTrails.Silo;
using NeuroTrails.Tests.Checkpoints;

namespace NeuroTrails.Tests.Engine;

/// <summary>A run that fails says why and where, remembers it, and saves nothing that is not finite.</summary>
public sealed partial class RunFailureTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Run => _folder.File("run");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_diverged_run_is_told_from_bad_data_and_ends_with_1()
    {
        var options = Options("mlp", 6) with
        {
            Training = new()
            {
                Steps = 6,
                Batch = 8,
                LearningRate = 1e30,
            },
        };
        var failure = await Fails(options, (_, _) => { });
        Assert.Equal((FailureCause.Diverged, 2L), (failure.Cause, failure.Step));
        Assert.Matches("^head-[01]$", failure.Owner);
        Assert.Contains("every value of the batch is finite: the training has diverged", failure.Reason, StringComparison.Ordinal);
        Assert.Contains("training.learning_rate", failure.Reason, StringComparison.Ordinal);
        Assert.Equal(failure, SummaryFile.ReadFailure(new RunFolder(Run).SummaryPath));
        Assert.Null(SummaryFile.Read(new RunFolder(Run).SummaryPath));

        var (code, output, error) = await Command(options, (_, _) => { }, "train", "--resume", Run);
        Assert.True(code == 1, error);
        Assert.StartsWith(failure.Reason, error, StringComparison.Ordinal);
        Assert.Contains($"run folder: {Path.GetRelativePath(Environment.CurrentDirectory, Run)}; ", error, StringComparison.Ordinal);
        Assert.DoesNotContain("--resume", output + error, StringComparison.Ordinal);

        (code, output, _) = await Command(options, (_, _) => { }, "status", Run);
        Assert.Equal(0, code);
        Assert.Contains("state       failed before its first checkpoint\nnetwork", output, StringComparison.Ordinal);
        Assert.Matches($"failed      at step 2, {failure.Owner}, 20[0-9-]+ [0-9:]+ UTC\nwhy         Step 2: ", output);
        Assert.Contains(
            $"start anew  ./neurotrails train --config {Run}/config.yaml --set training.learning_rate=1E+29 --out {Run}-2\n",
            output,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("--resume", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(float.NaN, "(such as NaN)")]
    [InlineData(float.NegativeInfinity, "(such as -Infinity)")]
    public async Task A_value_that_is_no_number_is_blamed_on_the_data(float value, string shown)
    {
        var failure = await Fails(Options("mlp", 6), (step, batch) => batch.Pixels[200] = step == 3 ? value : batch.Pixels[200]);
        Assert.Equal((FailureCause.Data, 3L, true), (failure.Cause, failure.Step, failure.IsUsers));
        Assert.StartsWith(
            $"Step 3: 1 of the 8 samples in its batch holds values that are not finite {shown}. The data is at fault, not the training.",
            failure.Reason,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_run_whose_failure_was_put_right_goes_on_and_forgets_it()
    {
        var broken = true;
        void Break(long step, HostBatch batch)
        {
            if (broken && step == 4)
            {
                throw new UserErrorException("the share is gone");
            }
        }

        var options = Options("mlp", 6) with { Checkpoint = new() { EverySteps = 2 } };
        var failure = await Fails(options, Break);
        Assert.Equal(("the share is gone", FailureCause.Input, 3L), (failure.Reason, failure.Cause, failure.Step));
        var (_, output, _) = await Command(options, Break, "status", Run);
        Assert.Contains("state       failed; the newest checkpoint is of step 2\n", output, StringComparison.Ordinal);
        Assert.Contains($"then        ./neurotrails train --resume {Run}\n", output, StringComparison.Ordinal);

        broken = false;
        Assert.NotNull(await Train(options, Break, ResumeMode.Always));
        Assert.Null(SummaryFile.ReadFailure(new RunFolder(Run).SummaryPath));
        Assert.Equal(6, SummaryFile.Read(new RunFolder(Run).SummaryPath)!.Steps);
    }

    [Fact]
    public async Task A_run_too_short_to_move_its_masks_says_so_and_the_default_moves_them()
    {
        var updates = new Told();
        var still = Options("mlp", 5) with { Topology = new() { Every = 6 } };
        await Train(still, (_, _) => { }, updates: updates);
        var notice = Assert.Single(updates.Seen.OfType<RunNotice>(), notice => notice.Warning);
        Assert.Equal(
            (
                true,
                "the masks will never move: topology.every is 6, but the run has 5 steps. Lower topology.every, or set topology.drop=none "
                    + "if they shall not."
            ),
            (notice.Warning, notice.Message)
        );

        foreach (
            var (name, options) in new[]
            {
                ("moving", Options("mlp", 5)),
                (
                    "dense",
                    still with
                    {
                        Topology = new() { Every = 6, Density = 1 },
                    }
                ),
                (
                    "fixed",
                    still with
                    {
                        Topology = new() { Every = 6, Drop = DropRule.None },
                    }
                ),
            }
        )
        {
            updates = new();
            var engine = new RunEngine(TimeProvider.System, new TamperedData(8, (_, _) => { }));
            var result = await engine.TrainAsync(
                new(options, _folder.File(name), ResumeMode.Never),
                updates,
                TestContext.Current.CancellationToken
            );
            Assert.DoesNotContain(updates.Seen.OfType<RunNotice>(), notice => notice.Warning);
            Assert.Equal(name == "moving" ? 4 : 0, result.Summary!.TopologyUpdates);
        }

        Assert.Equal(
            1,
            RunOptionsReader
                .Parse(await File.ReadAllTextAsync(_folder.File("moving/config.yaml"), TestContext.Current.CancellationToken))
                .Topology.Every
        );
    }

    [Fact]
    public async Task A_minute_after_the_last_checkpoint_there_is_another()
    {
        var clock = new StepClock();
        var updates = new Told();
        var options = Options("mlp", 10) with
        {
            Checkpoint = new() { EverySteps = 1_000_000 },
            Data = new() { Prefetch = 0 },
        };
        await new RunEngine(clock, new TamperedData(8, (_, _) => clock.Advance(TimeSpan.FromSeconds(25)))).TrainAsync(
            new(options, Run, ResumeMode.Never),
            updates,
            TestContext.Current.CancellationToken
        );
        Assert.Equal([3, 6, 9, 10], updates.Seen.OfType<CheckpointCommitted>().Select(committed => committed.Step));
    }

    private static RunOptions Options(string model, int steps) =>
        new()
        {
            Device = "cpu",
            Model = new() { Name = model, Hidden = [12, 8] },
            Ensemble = new() { Heads = 2, BlocksInHead = 1 },
            Topology = new() { Density = 0.5 },
            Training = new() { Steps = steps, Batch = 8 },
            Execution = new()
            {
                BackboneThreads = 1,
                HeadThreads = 1,
                ParallelHeads = 2,
            },
        };

    private static void Scale(HostBatch batch, float factor)
    {
        for (var i = 0; i < batch.Pixels.Length; i++)
        {
            batch.Pixels[i] *= factor;
        }
    }

    private async Task<RunSummary?> Train(
        RunOptions options,
        Action<long, HostBatch> tamper,
        ResumeMode resume = ResumeMode.Never,
        Told? updates = null
    ) =>
        (
            await new RunEngine(TimeProvider.System, new TamperedData(8, tamper)).TrainAsync(
                new(options, Run, resume),
                updates ?? new(),
                TestContext.Current.CancellationToken
            )
        ).Summary;

    private async Task<RunFailure> Fails(RunOptions options, Action<long, HostBatch> tamper)
    {
        var fault = await Assert.ThrowsAsync<RunFailedException>(() => Train(options, tamper));
        Assert.Equal(new RunFolder(Run).Path, fault.RunFolder);
        return fault.Failure!;
    }

    private static async Task<(int Code, string Output, string Error)> Command(
        RunOptions options,
        Action<long, HostBatch> tamper,
        params string[] args
    )
    {
        var (output, error) = (new StringWriter(), new StringWriter());
        var engine = new RunEngine(TimeProvider.System, new TamperedData(options.Training.Batch, tamper));
        var code = await CommandLine.RunAsync(
            args,
            new()
            {
                Engine = () => engine,
                Output = output,
                Error = error,
                Variable = _ => null,
            }
        );
        return (code, output.ToString(), error.ToString());
    }

    private sealed class Told : IProgress<RunUpdate>
    {
        public List<RunUpdate> Seen { get; } = [];

        public void Report(RunUpdate value) => Seen.Add(value);
    }

    private sealed class StepClock : TimeProvider
    {
        private long _ticks;

        public override long GetTimestamp() => Interlocked.Read(ref _ticks);

        public void Advance(TimeSpan by) => Interlocked.Add(ref _ticks, (long)(by.TotalSeconds * TimestampFrequency));
    }
}
