using NeuroTrails.Checkpoints;
using NeuroTrails.Configuration;
using NeuroTrails.Contracts;
using NeuroTrails.Execution;
using NeuroTrails.Grains;
using NeuroTrails.Models;
using NeuroTrails.Running;
using NeuroTrails.Tests.Checkpoints;
using NeuroTrails.Tests.Engine;
using NeuroTrails.Training;
using static TorchSharp.torch;

namespace NeuroTrails.Tests.Parity;

/// <summary>Recorded runs of an independent multi-head LLaMA, matched number by number, through the grains and in one network; one test a
/// file of <c>NEUROTRAILS_LLAMA_FIXTURES</c>.</summary>
public sealed class LlamaFixtureTests
{
    private const double Tolerance = 1e-9;
    private const string Variable = "NEUROTRAILS_LLAMA_FIXTURES";

    public static TheoryData<string> Files => [.. FixtureFolder.Files(Variable, "fixtures-llama")];

    [Theory]
    [MemberData(nameof(Files))]
    public async Task Grains_and_one_network_match_the_recorded_run(string file)
    {
        if (FixtureFolder.WhySkipped(file, Variable) is { } reason)
        {
            Assert.Skip(reason);
        }

        using var folder = new TemporaryFolder();
        using var fixture = new LlamaFixture(file);
        var plan = new RunPlan(fixture.Options, fixture.Shape, new ModelCatalogue());
        using (var executor = new OwnerExecutor("one network", 1))
        {
            await executor.Run(() => CompareOne(fixture, plan));
        }

        var store = new CheckpointStore(folder.Path, TimeProvider.System);
        CommitBeginning(fixture, plan, store);
        await using var silo = await TestSilo.StartAsync(fixture);
        var shape = fixture.Shape;
        var data = new DataDescription(1, 1, fixture.Length, shape.Classes, shape.TrainingSamples, 0, fixture.TestWindows, IsText: true);
        var run = new RunDefinition("llama", folder.Path, RunOptionsWriter.ToYaml(fixture.Options), data, 0);
        var updates = await TestSilo.Finish(await GivenRuns.Begin(silo, run));
        var losses = updates.OfType<StepProgress>().SelectMany(step => step.LossPerHead).ToArray();
        AssertClose(fixture.Values<double>("loss"), losses, "loss");
        var every = fixture.Options.Topology.Every!.Value;
        for (var step = every; step <= fixture.Steps; step += every)
        {
            using var owners = new Loaded(plan, store.Load(step));
            Compare(fixture, owners.All, $"mask/{step}");
        }

        using (var owners = new Loaded(plan, store.Load(fixture.Steps)))
        {
            Compare(fixture, owners.All, "final");
        }

        await using var ensemble = await LoadedEnsemble.LoadAsync(plan, store.Load(fixture.Steps).Folder, ["cpu"]);
        CompareLogits(fixture, await ensemble.InferAsync(fixture.Range("test", 0, fixture.TestWindows)));
        CompareFigures(fixture, SummaryFile.Read(new RunFolder(folder.Path).SummaryPath)!);
    }

    private static void CompareOne(LlamaFixture fixture, RunPlan plan)
    {
        using var network = new MonolithicTrainer(plan, fixture, CPU);
        foreach (var owner in plan.Owners)
        {
            fixture.Initialise(network[owner], owner);
        }

        var owners = plan.Owners.ToDictionary(owner => owner, owner => network[owner]);
        var losses = new List<double>();
        for (var step = 1; step <= fixture.Steps; step++)
        {
            losses.AddRange(network.Step(step));
            Compare(fixture, owners, $"gradient/{step}");
            Compare(fixture, owners, $"mask/{step}");
            Assert.Equal(fixture.Values<double>("prune_rate")[step - 1], plan.TopologyRate(step).PruneRate, 1e-15);
        }

        AssertClose(fixture.Values<double>("loss"), [.. losses], "loss");
        Compare(fixture, owners, "final");
        using var logits = network.Infer(fixture.Range("test", 0, fixture.TestWindows));
        CompareLogits(fixture, HostCopies.Doubles(logits));
    }

    private static void CommitBeginning(LlamaFixture fixture, RunPlan plan, CheckpointStore store)
    {
        using var draft = store.BeginTemp(0, 0);
        var files = new List<ManifestFile>();
        foreach (var owner in plan.Owners)
        {
            using var tensors = OwnerTensors.Initialise(plan.Part(owner), 1, CPU, plan.MasterType);
            fixture.Initialise(tensors, owner);
            files.Add(OwnerShard.Save(tensors, draft, owner, 0));
        }

        store.Commit(draft, new CheckpointState { Epoch = 0, DataPosition = 0 }, files);
    }

    // Whatever was recorded under that name of the owners' tensors.
    private static void Compare(LlamaFixture fixture, IReadOnlyDictionary<OwnerId, OwnerTensors> owners, string what)
    {
        var compared = 0;
        foreach (var (owner, tensors) in owners)
        {
            foreach (var parameter in tensors.Parameters)
            {
                var name = $"{what}/{fixture.Name(owner, parameter.Spec)}";
                if (!fixture.Has(name))
                {
                    continue;
                }

                compared++;
                if (what.StartsWith("mask/", StringComparison.Ordinal))
                {
                    Assert.Equal(fixture.Values<bool>(name), parameter.Mask!.flatten().data<bool>().ToArray());
                    continue;
                }

                using var gradient = what.StartsWith("gradient/", StringComparison.Ordinal) ? parameter.Value.grad : null;
                AssertClose(fixture.Values<double>(name), HostCopies.Doubles((gradient ?? parameter.Value).detach()), name);
            }
        }

        Assert.True(what != "final" || compared == owners.Values.Sum(tensors => tensors.Parameters.Count));
    }

    // [H, B, L, V] as computed, [B, L, H, V] as recorded.
    private static void CompareLogits(LlamaFixture fixture, double[] logits)
    {
        using var scope = NewDisposeScope();
        var logits_HBLV = tensor(logits, [fixture.Options.Ensemble.Heads, fixture.TestWindows, fixture.Length, fixture.Shape.Classes]);
        AssertClose(fixture.Values<double>("test/logits"), HostCopies.Doubles(logits_HBLV.permute(1, 2, 0, 3)), "test/logits");
    }

    // From the recorded logits, position by position.
    private static void CompareFigures(LlamaFixture fixture, EnsembleFigures figures)
    {
        var (heads, classes) = (fixture.Options.Ensemble.Heads, fixture.Shape.Classes);
        var (logits, tokens) = (fixture.Values<double>("test/logits"), fixture.Values<long>("test/tokens"));
        var (loss, correct, count) = (0.0, 0, 0);
        var headLoss = new double[heads];
        for (var at = 0; at < tokens.Length; at++)
        {
            if ((at + 1) % fixture.Length == 0)
            {
                continue;
            }

            var mean = new double[classes];
            for (var head = 0; head < heads; head++)
            {
                var row = logits.AsSpan(((at * heads) + head) * classes, classes).ToArray();
                var sum = row.Sum(Math.Exp);
                headLoss[head] -= Math.Log(Math.Exp(row[tokens[at + 1]]) / sum);
                for (var c = 0; c < classes; c++)
                {
                    mean[c] += Math.Exp(row[c]) / sum / heads;
                }
            }

            loss -= Math.Log(mean[tokens[at + 1]]);
            correct += Array.IndexOf(mean, mean.Max()) == tokens[at + 1] ? 1 : 0;
            count++;
        }

        Assert.Equal(count, figures.Samples);
        Assert.Equal(loss / count, figures["nll"]!.Value, 1e-9);
        Assert.Equal(Math.Exp(loss / count), figures["perplexity"]!.Value, 1e-7);
        Assert.Equal((double)correct / count, figures["accuracy"]!.Value, 1e-12);
        AssertClose([.. headLoss.Select(sum => sum / count)], [.. figures.OfHeads("nll")!], "head_nll");
    }

    private static void AssertClose(double[] expected, double[] actual, string what)
    {
        Assert.Equal(expected.Length, actual.Length);
        var worst = expected.Zip(actual, (a, b) => Math.Abs(a - b)).Max();
        Assert.True(worst <= Tolerance, $"{what}: off by {worst:e3}, allowed {Tolerance:e0}");
    }

    private sealed class Loaded : IDisposable
    {
        public Loaded(RunPlan plan, CommittedCheckpoint checkpoint)
        {
            foreach (var owner in plan.Owners)
            {
                var tensors = OwnerTensors.Initialise(plan.Part(owner), 1, CPU, plan.MasterType);
                All.Add(owner, tensors);
                OwnerShard.Load(tensors, checkpoint.Folder, owner);
            }
        }

        public Dictionary<OwnerId, OwnerTensors> All { get; } = [];

        public void Dispose()
        {
            foreach (var tensors in All.Values)
            {
                tensors.Dispose();
            }
        }
    }
}
