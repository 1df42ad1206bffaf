using System.Text.Json.Nodes;
using NeuroTrails.Checkpoints;
using NeuroTrails.Configuration;
using NeuroTrails.Execution;
using NeuroTrails.Methods;
using NeuroTrails.Metrics;
using NeuroTrails.Models;
using NeuroTrails.Models.Graphs;
using NeuroTrails.Running;
using NeuroTrails.Silo;
using NeuroTrails.Tests.Checkpoints;
using NeuroTrails.Tests.Engine;
using NeuroTrails.Topology;
using NeuroTrails.Training;
using static TorchSharp.torch;

namespace NeuroTrails.Tests.Methods;

/// <summary>What holds for every method: the bits of one network on grains, and after a resume; predictions that are probabilities; masks
/// with exact counts; parameters and FLOPs as counted by hand.</summary>
public sealed class EveryMethodTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Names => MethodOptions.Names;

    /// <summary>Methods that say so of themselves.</summary>
    public static TheoryData<string> SingleWithOne =>
        [.. EnsembleMethods.All.Where(method => method.OneIsSingle).Select(method => method.Name)];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Names))]
    public async Task On_grains_it_has_the_bits_of_one_network_and_right_counts_and_goes_on_where_it_was_killed(string method)
    {
        var (options, data, undisturbed) = (await Options(method), MethodOptions.Data(), _folder.File("undisturbed"));
        await Train(options, undisturbed);
        await HasTheBitsOfOneNetwork(options, data, undisturbed);
        foreach (var step in new[] { 10, 25 })
        {
            // As if it had been killed behind that checkpoint.
            var run = _folder.File($"from-{step}");
            Copy(undisturbed, run);
            File.Delete(Path.Combine(run, "summary.json"));
            foreach (var folder in Directory.EnumerateDirectories(Path.Combine(run, "checkpoints"), "step-*"))
            {
                if (CheckpointNames.ParseStep(Path.GetFileName(folder)) > step)
                {
                    Directory.Delete(folder, recursive: true);
                }
            }

            Assert.Equal(TrainOutcome.Finished, (await Train(options, run, ResumeMode.Always)).Outcome);
            Cluster.SmallRun.Same(undisturbed, run);
        }
    }

    private static async Task HasTheBitsOfOneNetwork(RunOptions options, NoiseData data, string run)
    {
        var summary = JsonNode.Parse(
            await File.ReadAllTextAsync(Path.Combine(run, "summary.json"), TestContext.Current.CancellationToken)
        )!;
        var checkpoint = new CheckpointStore(run, TimeProvider.System).Load("last");
        var plan = MethodOptions.Plan(options);
        await using var loaded = await LoadedEnsemble.LoadAsync(plan, checkpoint.Folder, ["cpu"]);
        var test = data.Range("test", 0, 16);
        var logits = await loaded.InferAsync(test);
        Assert.Equal(plan.Members * 16 * 5, logits.Length);
        Assert.All(logits, value => Assert.True(double.IsFinite(value)));

        using var executor = new OwnerExecutor("oracle", 1);
        await executor.Run(() =>
        {
            using var scope = NewDisposeScope();
            using var oracle = new MonolithicTrainer(plan, data, CPU);
            Course(oracle, plan, data);
            Assert.Equal(Logits(oracle, test), logits);
            foreach (var owner in plan.Owners)
            {
                using var tensors = OwnerTensors.Initialise(plan.Part(owner), 0, CPU, plan.MasterType);
                OwnerShard.Load(tensors, checkpoint.Folder, owner);
                Assert.Equal(Words(oracle[owner]), Words(tensors));
                Assert.Equal(plan.MaskedActive(owner, plan.TotalSteps), tensors.MaskedActive);
                Assert.All(tensors.Parameters.Where(parameter => parameter.Mask is not null), MaskInvariants.Check);
            }

            var (parameters, flops) = Count(oracle, plan);
            Assert.Equal(parameters, summary["active_parameters"]!.GetValue<long>());
            Assert.Equal(flops, summary["inference_flops"]!.GetValue<long>());
        });
        Assert.Equal(plan.TrainingFlops, summary["training_flops"]!.GetValue<double>());
    }

    [Theory]
    [MemberData(nameof(SingleWithOne))]
    public async Task One_member_is_the_single_network(string method)
    {
        var options = await Options(method, members: 1, precision: Precision.Float64);
        var single = await Options("single", members: 1, precision: Precision.Float64);
        using var executor = new OwnerExecutor("oracle", 1);
        await executor.Run(() =>
        {
            using var scope = NewDisposeScope();
            var (plan, other) = (MethodOptions.Plan(options), MethodOptions.Plan(single));
            using MonolithicTrainer ours = new(plan, MethodOptions.Data(), CPU),
                theirs = new(other, MethodOptions.Data(), CPU);
            var named = other
                .Owners.SelectMany(owner => theirs[owner].Parameters)
                .ToDictionary(parameter => parameter.Spec.Name, parameter => parameter.Value);
            var same = plan.Owners.SelectMany(owner => ours[owner].Parameters).ToList();
            Assert.Equal(named.Count, same.Count);
            using (no_grad())
            {
                same.ForEach(parameter => parameter.Value.copy_(named[parameter.Spec.Name]));
            }

            for (var step = 1; step <= 6; step++)
            {
                Assert.Equal(Assert.Single(theirs.Step(step)), Assert.Single(ours.Step(step)), 1e-9);
            }

            Assert.All(same, parameter => Assert.True(parameter.Value.allclose(named[parameter.Spec.Name], 1e-9, 1e-11)));
            var test = MethodOptions.Data().Range("test", 0, 16);
            Assert.True(ours.Infer(test).allclose(theirs.Infer(test), 1e-9, 1e-11));
        });
    }

    [Fact]
    public void Methods_that_are_the_single_network_with_one_member_say_so() =>
        Assert.Equal(
            ["neurotrails", "static", "treenet", "single", "ensemble", "freetickets_dst", "mimo", "packed", "snapshot"],
            EnsembleMethods.All.Where(method => method.OneIsSingle).Select(method => method.Name)
        );

    /// <summary>The whole course of a run without grains.</summary>
    private static void Course(MonolithicTrainer trainer, RunPlan plan, NoiseData data)
    {
        for (var step = 1; step <= plan.TotalSteps; step++)
        {
            trainer.Step(step);
            if (plan.Method.KeepsAt(plan, step))
            {
                trainer.Keep(step, plan.IsMeasured(step) ? Validate(trainer, plan, data) : null);
            }
        }
    }

    private static Measured Validate(MonolithicTrainer trainer, RunPlan plan, NoiseData data)
    {
        var evaluation = new EnsembleEvaluation(plan.Members, 5, plan.Options.Ensemble.Prediction);
        for (var start = 0; start < data.Validation; start += plan.Options.Evaluation.Batch)
        {
            var batch = data.Range("validation", start, Math.Min(plan.Options.Evaluation.Batch, data.Validation - start));
            evaluation.Add<double>(Logits(trainer, batch), batch.Labels);
        }

        var figures = EnsembleFigures.Of(evaluation.Result());
        return new(figures.Nll, [.. figures.HeadAccuracy]);
    }

    private static double[] Logits(MonolithicTrainer trainer, NeuroTrails.Data.HostBatch batch)
    {
        using var logits_HBC = trainer.Infer(batch);
        return HostCopies.Doubles(logits_HBC);
    }

    /// <summary>Active parameters of the ensemble, and FLOPs of a prediction, from the graphs and the masks that there are.</summary>
    private static (long Parameters, long Flops) Count(MonolithicTrainer trainer, RunPlan plan)
    {
        var (parameters, macs) = (0L, 0L);
        foreach (var owner in plan.Owners)
        {
            var tensors = trainer[owner];
            var members = tensors
                .Kept.Where(kept => kept.Key.StartsWith("member-", StringComparison.Ordinal))
                .Select(kept => kept.Value)
                .ToList();
            var networks =
                members.Count == 0
                    ?
                    [
                        tensors.Parameters.ToDictionary(
                            parameter => parameter.Spec.Name,
                            parameter => parameter.Mask ?? ones_like(parameter.Value)
                        ),
                    ]
                    : members.ConvertAll(member =>
                        tensors.Parameters.ToDictionary(
                            parameter => parameter.Spec.Name,
                            parameter => member.Masks.GetValueOrDefault(parameter.Spec.Name) ?? ones_like(parameter.Value)
                        )
                    );
            foreach (var network in networks)
            {
                parameters += network.Values.Sum(mask => mask.sum().to_type(ScalarType.Int64).item<long>());
                foreach (var node in plan.Part(owner).Graph.Nodes.Where(node => node.Operation is ConvolutionOperation or LinearOperation))
                {
                    var weight = network[node.Tensors[0].Name];
                    macs += weight.sum().to_type(ScalarType.Int64).item<long>() * node.Output.Shape.Height * node.Output.Shape.Width;
                }
            }
        }

        // How often the network computes for one sample.
        var passes = plan.Method is McDropout or BatchEnsemble or Masksembles ? plan.Members : 1;
        return (parameters, 2 * macs * passes);
    }

    private static List<string> Words(OwnerTensors tensors)
    {
        var words = new List<string> { $"generator {Hash(tensors.Generator.get_state())}" };
        foreach (var parameter in tensors.Parameters)
        {
            words.Add($"{parameter.Spec.Name} {parameter.Active} {Hash(parameter.Value)}");
            words.AddRange(parameter.Moments.Select(moment => $"{parameter.Spec.Name} {moment.Key} {Hash(moment.Value)}"));
            words.Add(parameter.Mask is null ? "dense" : Hash(parameter.Mask));
        }

        words.AddRange(tensors.Buffers.Select(buffer => $"{buffer.Spec.Name} {Hash(buffer.Value)}"));
        foreach (var (key, kept) in tensors.Kept)
        {
            words.AddRange(kept.Values.Select(value => $"{key} {value.Key} {Hash(value.Value)}"));
            words.AddRange(kept.Masks.Select(mask => $"{key} {mask.Key} {Hash(mask.Value)}"));
        }

        words.AddRange(tensors.Remembered.Select(number => $"{number.Key} {number.Value:R}"));
        return words;
    }

    private static string Hash(Tensor tensor) =>
        Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(tensor.detach().contiguous().bytes));

    private async Task<RunOptions> Options(string method, int members = 3, Precision precision = Precision.Float32)
    {
        if (method == "distil")
        {
            var teacher = MethodOptions.Of("ensemble", change: reader => reader.AddAssignment("training.steps=6"));
            await Train(teacher, _folder.File("teacher"));
        }

        return MethodOptions.Of(
            method,
            members: members,
            change: reader =>
            {
                reader.AddAssignment($"training.precision={precision.ToString().ToLowerInvariant()}");
                if (method == "distil")
                {
                    reader.AddAssignment($"ensemble.teacher={_folder.File("teacher")}");
                }

                if (members == 1)
                {
                    // What would differ by itself: sparseness, and the width of a packed network.
                    reader.AddAssignment("ensemble.packed_width=1").AddAssignment("model.dropout=0");
                    if (!EnsembleMethods.Of(method).Fixed.ContainsKey("topology.density"))
                    {
                        reader.AddAssignment("topology.density=1");
                    }
                }
                else if (method == "mc_dropout")
                {
                    reader.AddAssignment("model.dropout=0.2");
                }
            }
        );
    }

    private static Task<TrainResult> Train(RunOptions options, string run, ResumeMode resume = ResumeMode.Never) =>
        new RunEngine(TimeProvider.System, MethodOptions.Data()).TrainAsync(
            new(options, run, resume),
            new Progress<RunUpdate>(),
            TestContext.Current.CancellationToken
        );

    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }
}
