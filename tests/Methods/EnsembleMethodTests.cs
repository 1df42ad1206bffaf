using NeuroTrails.Configuration;
using NeuroTrails.Configuration.Settings;
using NeuroTrails.Execution;
using NeuroTrails.Methods;
using NeuroTrails.Models;
using NeuroTrails.Tests.Engine;
using NeuroTrails.Tests.House;
using NeuroTrails.Topology;
using NeuroTrails.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace NeuroTrails.Tests.Methods;

public sealed class EnsembleMethodTests
{
    private static readonly DataShape Data = new(new(3, 8, 8), 5, 8000);

    public static TheoryData<string> Names => [.. EnsembleMethods.All.Select(method => method.Name)];

    [Theory]
    [InlineData("docs/adding-a-method.md", "| `{0}` |")]
    [InlineData("docs/configuration.md", "`{0}`")]
    public void The_documentation_names_every_method(string file, string form)
    {
        var text = File.ReadAllText(Path.Combine(Repository.Root(), file));
        Assert.All(EnsembleMethods.All, method => Assert.Contains(string.Format(null, form, method.Name), text, StringComparison.Ordinal));
    }

    [Fact]
    public void Settings_that_a_method_does_not_use_are_told()
    {
        var options = new RunOptionsReader().AddAssignment("ensemble.method=ensemble").AddAssignment("ensemble.rank=5").Read();
        Assert.Equal(
            "method ensemble does not use ensemble.rank; rank is for swag",
            MethodSettings.Unused(EnsembleMethods.Of("ensemble"), options)
        );
        Assert.Null(MethodSettings.Unused(EnsembleMethods.Of("swag"), options));
        Assert.All(
            EnsembleMethods.All,
            method => Assert.All(method.OwnSettings, path => Assert.True(SettingSchema.ByPath.ContainsKey(path), path))
        );
    }

    [Fact]
    public void An_unknown_method_is_refused_with_the_known_ones() =>
        Assert.Equal(
            "The configuration is not valid. ensemble.method: `snapshoot` is no method; did you mean `snapshot`?; allowed is "
                + string.Join(", ", EnsembleMethods.Names)
                + " (--set; change it with --set ensemble.method=snapshot)",
            Assert.Throws<UserErrorException>(() => new RunOptionsReader().AddAssignment("ensemble.method=snapshoot").Read()).Message
        );

    [Theory]
    [MemberData(nameof(Names))]
    public void Presets_give_way_to_what_a_method_decides(string name)
    {
        foreach (var preset in Presets.Names)
        {
            var options = new RunOptionsReader().AddPreset(preset).AddAssignment($"ensemble.method={name}").Read();
            Assert.Empty(MethodSettings.Against(EnsembleMethods.Of(name), options));
            Assert.Equal(
                RunOptionsWriter.ToYaml(options),
                RunOptionsWriter.ToYaml(RunOptionsReader.Parse(RunOptionsWriter.ToYaml(options)))
            );
        }
    }

    [Theory]
    [InlineData("treenet", "topology.density=0.5", "topology.density: 0.5 does not fit method treenet; allowed there is 1")]
    [InlineData("single", "ensemble.heads=2", "ensemble.heads: 2 does not fit method single; allowed there is 1")]
    [InlineData("static", "topology.drop=magnitude", "topology.drop: magnitude does not fit method static; allowed there is none")]
    [InlineData("ensemble", "ensemble.loss=mean", "ensemble.loss: mean does not fit method ensemble; allowed there is sum")]
    [InlineData("ensemble", "training.clip_norm=2", "training.clip_norm: 2 does not fit method ensemble; allowed there is null")]
    public void What_a_user_says_against_a_method_is_refused(string method, string assignment, string message)
    {
        var reader = new RunOptionsReader().AddPreset("quickstart").AddAssignment($"ensemble.method={method}").AddAssignment(assignment);
        Assert.Contains(message, Assert.Throws<UserErrorException>(reader.Read).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Options_from_code_are_refused_as_well()
    {
        var options = Options("treenet", 3) with { Topology = new() { Density = 0.5 } };
        var fault = Assert.Throws<UserErrorException>(() => new RunPlan(options, Data, new()));
        Assert.Equal(
            "topology.density: 0.5 does not fit method treenet; allowed there is 1. Change topology.density or ensemble.method.",
            fault.Message
        );
    }

    [Theory]
    [InlineData("wrn-10-1")]
    [InlineData("resnet18")]
    [InlineData("mlp")]
    public void An_ensemble_has_the_parameters_and_operations_of_so_many_networks(string model)
    {
        var one = Plan("single", 1, model).Size;
        var three = Plan("ensemble", 3, model).Size;
        Assert.Equal(3 * one.Parameters, three.Parameters);
        Assert.Equal(3 * one.ActiveMacs, three.ActiveMacs);
        var tree = Plan("treenet", 3, model).Size;
        Assert.InRange(tree.Parameters, one.Parameters + 1, three.Parameters - 1);
    }

    [Fact]
    public async Task A_member_of_an_ensemble_is_the_same_whatever_others_there_are()
    {
        using var executor = new OwnerExecutor("test", 1);
        Assert.Equal(await Train(1), (await Train(3))[..1]);
        Assert.Equal(3, (await Train(3)).Distinct().Count());

        Task<string[]> Train(int members) =>
            executor.Run(() =>
            {
                var plan = Plan("ensemble", members, "wrn-10-1");
                using var trainer = new MonolithicTrainer(plan, new NoiseData(8, 8, 5), CPU);
                for (var step = 1; step <= 5; step++)
                {
                    trainer.Step(step);
                }

                return Enumerable.Range(0, members).Select(head => OwnerDigest.Of(trainer[new(head)])).ToArray();
            });
    }

    [Fact]
    public async Task A_tree_of_one_branch_is_the_single_network()
    {
        using var executor = new OwnerExecutor("test", 1);
        Assert.Equal(await Train("single"), await Train("treenet"));

        Task<string[]> Train(string method) =>
            executor.Run(() =>
            {
                var plan = Plan(method, 1, "wrn-10-1");
                using var trainer = new MonolithicTrainer(plan, new NoiseData(8, 8, 5), CPU);
                for (var step = 1; step <= 5; step++)
                {
                    trainer.Step(step);
                }

                return plan.Owners.Select(owner => OwnerDigest.Of(trainer[owner])).ToArray();
            });
    }

    [Fact]
    public async Task Static_masks_are_those_that_the_evolving_ones_start_from_and_stay()
    {
        using var executor = new OwnerExecutor("test", 1);
        var start = await Train("neurotrails", DropRule.Magnitude, 0);
        Assert.NotEmpty(start);
        Assert.Equal(start, await Train("static", DropRule.None, 0));
        Assert.Equal(start, await Train("static", DropRule.None, 5));
        Assert.NotEqual(start, await Train("neurotrails", DropRule.Magnitude, 5));

        Task<string[]> Train(string method, DropRule drop, int steps) =>
            executor.Run(() =>
            {
                var options = Options(method, 3) with
                {
                    Topology = new()
                    {
                        Density = 0.3,
                        Every = 2,
                        Drop = drop,
                    },
                };
                var plan = new RunPlan(options, Data, new());
                using var trainer = new MonolithicTrainer(plan, new NoiseData(8, 8, 5), CPU);
                for (var step = 1; step <= steps; step++)
                {
                    trainer.Step(step);
                }

                foreach (var owner in plan.Owners)
                {
                    Assert.Equal(plan.MaskedActive(owner), trainer[owner].MaskedActive);
                    Assert.All(trainer[owner].Parameters.Where(parameter => parameter.Mask is not null), MaskInvariants.Check);
                }

                return plan
                    .Owners.SelectMany(owner => trainer[owner].Parameters)
                    .Where(parameter => parameter.Mask is not null)
                    .Select(parameter =>
                        Convert.ToHexString(parameter.Mask!.flatten().data<bool>().Select(kept => kept ? (byte)1 : (byte)0).ToArray())
                    )
                    .ToArray();
            });
    }

    [Fact]
    public async Task Passes_with_dropout_are_networks_of_their_own_that_stay_the_same()
    {
        using var executor = new OwnerExecutor("test", 1);
        await executor.Run(() =>
        {
            using var scope = NewDisposeScope();
            RunPlan Plan(int passes) =>
                new(
                    Options("mc_dropout", 1) with
                    {
                        Model = new() { Name = "wrn-10-1", Dropout = 0.4 },
                        Ensemble = new()
                        {
                            Method = "mc_dropout",
                            Heads = 1,
                            Passes = passes,
                        },
                    },
                    Data,
                    new()
                );
            using HeadWorker head = new(Plan(4), new(0), CPU),
                fewer = new(Plan(2), new(0), CPU);
            var samples = randn([6, 3, 8, 8]);
            using var state = head.Tensors.Generator.get_state();
            var logits = head.Infer(samples);
            Assert.Equal([4, 6, 5], logits.shape);
            Assert.True(logits.eq(head.Infer(samples)).all().ToBoolean());
            Assert.True(state.eq(head.Tensors.Generator.get_state()).all().ToBoolean());

            // Neither the other samples nor the other passes change a member.
            Assert.True(logits.narrow(1, 2, 3).allclose(head.Infer(samples.narrow(0, 2, 3)), 1e-4, 1e-5));
            Assert.True(logits.narrow(0, 0, 2).eq(fewer.Infer(samples)).all().ToBoolean());
            for (var a = 0; a < 4; a++)
            {
                for (var b = 0; b < a; b++)
                {
                    Assert.True(logits[a].sub(logits[b]).abs().max().ToDouble() > 1e-3);
                }
            }
        });
    }

    [Fact]
    public async Task The_mean_of_many_passes_of_a_linear_head_is_the_pass_without_dropout()
    {
        using var executor = new OwnerExecutor("test", 1);
        await executor.Run(() =>
        {
            using var scope = NewDisposeScope();
            var part = new NetworkPart([Block.Of("drop", (graph, input) => graph.Dropout(input, 0.3))], new(7, 1, 1));
            using var tensors = OwnerTensors.Initialise(part, 1, CPU, ScalarType.Float32);
            var input = ones(2, 7);
            var sum = zeros(2, 7);
            for (var pass = 0; pass < 4000; pass++)
            {
                var dropped = part.Forward(
                    input,
                    tensors.Root,
                    new(false, ScalarType.Float32, tensors.Generator) { SamplesDropout = true }
                );
                Assert.True(dropped[0].eq(dropped[1]).all().ToBoolean());
                sum.add_(dropped);
            }

            // Kept with probability 0.7 and scaled by 1/0.7: mean 1, standard deviation of the mean 0.0104.
            Assert.True(sum.div(4000).sub(1).abs().max().ToDouble() < 5 * 0.0104);
            Assert.True(part.Forward(input, tensors.Root, new(false, ScalarType.Float32, tensors.Generator)).eq(input).all().ToBoolean());
        });
    }

    [Theory]
    [InlineData("wrn-10-1", 0.0)]
    [InlineData("resnet18", 0.5)]
    public void Passes_with_dropout_need_dropout(string model, double dropout)
    {
        var options = Options("mc_dropout", 1) with
        {
            Model = new() { Name = model, Dropout = dropout },
        };
        Assert.Contains(
            "needs dropout",
            Assert.Throws<UserErrorException>(() => new RunPlan(options, Data, new())).Message,
            StringComparison.Ordinal
        );
    }

    private static RunPlan Plan(string method, int heads, string model) =>
        new(Options(method, heads) with { Model = new() { Name = model } }, Data, new());

    private static RunOptions Options(string method, int heads) =>
        new()
        {
            Seed = 3,
            Device = "cpu",
            Model = new() { Name = "wrn-10-1" },
            Ensemble = new()
            {
                Method = method,
                Heads = heads,
                BlocksInHead = 1,
            },
            Topology = new() { Density = 1 },
            Training = new()
            {
                Steps = 5,
                Batch = 8,
                LearningRate = 0.05,
            },
        };
}
