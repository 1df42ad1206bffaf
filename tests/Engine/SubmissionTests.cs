using Microsoft.Extensions.DependencyInjection;
using NeuroTrails.Checkpoints;
using NeuroTrails.Configuration;
using NeuroTrails.Contracts;
using NeuroTrails.Grains;
using NeuroTrails.Running;
using NeuroTrails.Silo;
using NeuroTrails.Tests.Checkpoints;
using NeuroTrails.Training;

namespace NeuroTrails.Tests.Engine;

/// <summary>Runs that are submitted, as a cluster's are: they may be stopped and gone on with while their coordinator lives on.</summary>
public sealed class SubmissionTests
{
    private const int Steps = 400;

    private static readonly RunOptions Options = new()
    {
        Device = "cpu",
        Model = new() { Name = "mlp", Hidden = [24, 16, 12] },
        Training = new() { Steps = Steps, Batch = 8 },
        Execution = new()
        {
            BackboneThreads = 1,
            HeadThreads = 1,
            ParallelHeads = 2,
        },
    };

    [Fact]
    public async Task A_run_that_was_stopped_goes_on_in_the_same_coordinator_and_ends_with_the_same_bits()
    {
        using var folder = new TemporaryFolder();
        await using var silo = await StartAsync(folder.Path);
        var (coordinator, submission) = (
            silo.Grains.GetGrain<ICoordinatorGrain>("stopped"),
            new RunSubmission("stopped", RunOptionsWriter.ToYaml(Options), false, [], true)
        );
        Assert.Equal(new SubmissionReply(RunPhase.Running), await coordinator.Submit(submission));
        Assert.Contains("is under way already", (await coordinator.Submit(submission)).Refusal, StringComparison.Ordinal);
        await Until(coordinator, snapshot => snapshot.Step > 5);
        await coordinator.Stop();
        var stopped = await Until(coordinator, snapshot => snapshot.Phase != RunPhase.Running);
        Assert.Equal(RunPhase.Stopped, stopped.Phase);
        Assert.InRange(stopped.Step, 6, Steps - 1);

        Assert.Equal(new SubmissionReply(RunPhase.Running), await coordinator.Submit(submission with { MayExist = true }));
        var finished = await Until(coordinator, snapshot => snapshot.Phase != RunPhase.Running);
        Assert.Equal((RunPhase.Finished, (long)Steps), (finished.Phase, finished.Step));
        Assert.Equal(new SubmissionReply(RunPhase.Finished), await coordinator.Submit(submission with { MayExist = true }));

        var undisturbed = silo.Grains.GetGrain<ICoordinatorGrain>("undisturbed");
        await undisturbed.Submit(submission with { RunId = "undisturbed" });
        await Until(undisturbed, snapshot => snapshot.Phase == RunPhase.Finished);
        Assert.Equal(Shards(folder, "undisturbed"), Shards(folder, "stopped"));

        // Asking again waits until a run that has ended is also over.
        Assert.Equal(
            new SubmissionReply(RunPhase.Finished),
            await undisturbed.Submit(submission with { RunId = "undisturbed", MayExist = true })
        );
        Assert.Empty((await silo.Grains.GetGrain<IClusterGrain>(GrainKeys.Cluster).Overview()).Runs);
    }

    [Fact]
    public async Task A_refusal_leaves_the_coordinator_as_it_was()
    {
        using var folder = new TemporaryFolder();
        await using var silo = await StartAsync(folder.Path);
        var coordinator = silo.Grains.GetGrain<ICoordinatorGrain>("refused");
        Assert.Equal("no", (await coordinator.Submit(new("refused", string.Empty, false, [], true))).Refusal);
        Assert.Equal(RunPhase.Idle, (await coordinator.Poll(0)).Phase);
        Assert.Empty((await silo.Grains.GetGrain<IClusterGrain>(GrainKeys.Cluster).Overview()).Runs);
    }

    private static Task<SiloHost> StartAsync(string folder) =>
        SiloHost.StartAsync(
            builder =>
            {
                builder.Services.AddSingleton<IRunDataSource>(new NoiseData(8, 8, 5));
                builder.Services.AddSingleton(new RunsRoot(Path.GetTempPath()));
                builder.Services.AddSingleton<IRunAdmission>(new Admission(folder));
            },
            stop: TestContext.Current.CancellationToken
        );

    private static async Task<RunSnapshot> Until(ICoordinatorGrain coordinator, Func<RunSnapshot, bool> reached)
    {
        while (true)
        {
            var snapshot = await coordinator.Poll(long.MaxValue);
            Assert.True(snapshot.Phase != RunPhase.Failed, snapshot.Failure?.Reason);
            if (reached(snapshot))
            {
                return snapshot;
            }

            await Task.Delay(5, TestContext.Current.CancellationToken);
        }
    }

    private static IEnumerable<string> Shards(TemporaryFolder folder, string run) =>
        new CheckpointStore(folder.File(run), TimeProvider.System)
            .Load("last")
            .Manifest.Files.Select(file => $"{file.Name} {file.Sha256}")
            .Order(StringComparer.Ordinal);

    private sealed class Admission(string root) : IRunAdmission
    {
        public Task<AdmittedRun> Admit(RunSubmission submission, string lease, Action<RunUpdate> tell)
        {
            if (submission.Options.Length == 0)
            {
                throw new UserErrorException("no");
            }

            var folder = Directory.CreateDirectory(Path.Combine(root, submission.RunId)).FullName;
            File.WriteAllText(new RunFolder(folder).ConfigPath, submission.Options);
            var step = new CheckpointStore(folder, TimeProvider.System).LatestValid()?.Step;
            return Task.FromResult(
                new AdmittedRun(new(submission.RunId, folder, submission.Options, new(3, 8, 8, 5, 8000, 0, 16), step), null)
            );
        }

        public void Compare(RunSubmission submission, string options)
        {
            // What the tests here go on with is what they began.
        }
    }
}
