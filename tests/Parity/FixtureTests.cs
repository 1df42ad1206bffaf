using NeuroTrails.Checkpoints;
using NeuroTrails.Configuration;
using NeuroTrails.Contracts;
using NeuroTrails.Models;
using NeuroTrails.Running;
using NeuroTrails.Tests.Checkpoints;
using NeuroTrails.Tests.Engine;
using NeuroTrails.Training;
using static TorchSharp.torch;

namespace NeuroTrails.Tests.Parity;

/// <summary>Recorded runs of the authors' code, matched number by number through the grains, one test a file.</summary>
public sealed class FixtureTests
{
    private const double Tolerance = 1e-9;

    public static TheoryData<string> Files => [.. FixtureFolder.Files()];

    [Theory]
    [MemberData(nameof(Files))]
    public async Task Grains_match_the_recorded_run(string file)
    {
        if (FixtureFolder.WhySkipped(file) is { } reason)
        {
            Assert.Skip(reason);
        }

        using var folder = new TemporaryFolder();
        using var fixture = new FixtureRun(file);
        var plan = new RunPlan(fixture.Options, fixture.Shape, new ModelCatalogue());
        var store = new CheckpointStore(folder.Path, TimeProvider.System);
        await CommitBeginning(fixture, plan, store);

        await using var silo = await TestSilo.StartAsync(fixture);
        var shape = fixture.Shape;
        var data = new DataDescription(
            shape.Sample.Channels,
            shape.Sample.Height,
            shape.Sample.Width,
            shape.Classes,
            shape.TrainingSamples,
            0,
            fixture.TestSamples
        );
        var run = new RunDefinition("parity", folder.Path, RunOptionsWriter.ToYaml(fixture.Options), data, 0);
        var updates = await TestSilo.Finish(await GivenRuns.Begin(silo, run));

        for (var step = fixture.UpdateEvery; fixture.Sparse && step <= fixture.Steps; step += fixture.UpdateEvery)
        {
            Assert.Equal(fixture.PruneRate[step - 1], plan.TopologyRate(step).PruneRate, 1e-15);
            ComparePositions(fixture, plan, store.Load(step), step);
        }

        var losses = updates.OfType<StepProgress>().SelectMany(step => step.LossPerHead).ToArray();
        AssertClose(fixture.Loss, losses, "loss");
        CompareFinal(fixture, plan, store.Load(fixture.Steps));
        await CompareLogits(fixture, plan, store.Load(fixture.Steps));
    }

    private static async Task CommitBeginning(FixtureRun fixture, RunPlan plan, CheckpointStore store)
    {
        using var draft = store.BeginTemp(0, 0);
        var files = new List<ManifestFile>();
        foreach (var owner in plan.Owners)
        {
            using var tensors = OwnerTensors.Initialise(plan.Part(owner), 1, CPU, plan.MasterType);
            fixture.Initialise(tensors, owner, SharedBlocks(plan));
            files.Add(OwnerShard.Save(tensors, draft, owner, 0));
        }

        store.Commit(draft, new CheckpointState { Epoch = 0, DataPosition = 0 }, files);
        await Task.CompletedTask;
    }

    private static void ComparePositions(FixtureRun fixture, RunPlan plan, CommittedCheckpoint checkpoint, int step)
    {
        foreach (var (owner, tensors) in Load(plan, checkpoint))
        {
            using (tensors)
            {
                foreach (var parameter in tensors.Parameters)
                {
                    var name = $"mask/{step}/{FixtureRun.Name(owner, parameter.Spec, SharedBlocks(plan))}";
                    if (fixture.Has(name))
                    {
                        var (expected, actual) = (fixture.Values<bool>(name), parameter.Mask!.flatten().data<bool>().ToArray());
                        var off = expected.Zip(actual).Count(pair => pair.First != pair.Second);
                        Assert.True(
                            off == 0,
                            $"{name}: {off} of {expected.Length} positions differ, {actual.Count(active => active)} active instead of "
                                + $"{expected.Count(active => active)}"
                        );
                    }
                    else
                    {
                        Assert.Null(parameter.Mask);
                    }
                }
            }
        }
    }

    private static void CompareFinal(FixtureRun fixture, RunPlan plan, CommittedCheckpoint checkpoint)
    {
        foreach (var (owner, tensors) in Load(plan, checkpoint))
        {
            using (tensors)
            {
                foreach (
                    var (spec, value) in tensors.Parameters.Select(parameter => (parameter.Spec, parameter.Value)).Concat(tensors.Buffers)
                )
                {
                    var name = $"final/{FixtureRun.Name(owner, spec, SharedBlocks(plan))}";
                    AssertClose(fixture.Values<double>(name), value.detach().flatten().data<double>().ToArray(), name);
                }
            }
        }
    }

    private static async Task CompareLogits(FixtureRun fixture, RunPlan plan, CommittedCheckpoint checkpoint)
    {
        var (heads, samples, classes) = (fixture.Heads, fixture.TestSamples, fixture.Shape.Classes);
        await using var ensemble = await LoadedEnsemble.LoadAsync(plan, checkpoint.Folder, ["cpu"]);
        var logits_HBC = await ensemble.InferAsync(fixture.Open(fixture.Options).Range("test", 0, samples));
        var logits_BHC = new double[logits_HBC.Length];
        for (var h = 0; h < heads; h++)
        {
            for (var b = 0; b < samples; b++)
            {
                logits_HBC.AsSpan(((h * samples) + b) * classes, classes).CopyTo(logits_BHC.AsSpan(((b * heads) + h) * classes));
            }
        }

        AssertClose(fixture.TestLogits, logits_BHC, "test/logits");
    }

    private static IEnumerable<(OwnerId Owner, OwnerTensors Tensors)> Load(RunPlan plan, CommittedCheckpoint checkpoint)
    {
        foreach (var owner in plan.Owners)
        {
            var tensors = OwnerTensors.Initialise(plan.Part(owner), 1, CPU, plan.MasterType);
            OwnerShard.Load(tensors, checkpoint.Folder, owner);
            yield return (owner, tensors);
        }
    }

    private static int SharedBlocks(RunPlan plan) => plan.Network.Blocks.Count - plan.Options.Ensemble.BlocksInHead;

    private static void AssertClose(double[] expected, double[] actual, string what)
    {
        Assert.Equal(expected.Length, actual.Length);
        var off = expected.Zip(actual, (a, b) => Math.Abs(a - b)).ToArray();
        var first = Array.FindIndex(off, difference => !(difference <= Tolerance));
        Assert.True(
            first < 0,
            $"{what}: off by {off.Max():e3}, allowed {Tolerance:e0}; first at {first}: {(first < 0 ? 0 : actual[first]):r} instead of "
                + $"{(first < 0 ? 0 : expected[first]):r}"
        );
    }
}
