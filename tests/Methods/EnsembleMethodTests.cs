using NeuroTrails.Configuration;
using NeuroTrails.Configuration.Settings;
using NeuroTrails.Execution;
using NeuroTrails.Methods;
using NeuroTrails.Models;
using NeuroTrails.Tests.Engine;
using NeuroTrails.Training;
using static TorchSharp.torch;

namespace NeuroTrails.Tests.Methods;

public sealed class EnsembleMethodTests
{
    private static readonly DataShape Data = new(new(3, 8, 8), 5, 8000);

    public static TheoryData<string> Names => [.. EnsembleMethods.All.Select(method => method.Name)];

    [Fact]
    public void The_setting_allows_the_methods_that_are_registered() =>
        Assert.Equal(EnsembleMethods.All.Select(method => method.Name), SettingSchema.ByPath["ensemble.method"].Allowed.OneOf);

    [Theory]
    [MemberData(nameof(Names))]
    public void Presets_give_way_to_what_a_method_decides(string name)
    {
        foreach (var preset in Presets.Names)
        {
            var options = new RunOptionsReader().AddPreset(preset).AddAssignment($"ensemble.method={name}").Read();
            Assert.Empty(MethodSettings.Against(EnsembleMethods.Of(name), options));
            Assert.Equal(RunOptionsWriter.ToYaml(options), RunOptionsWriter.ToYaml(RunOptionsReader.Parse(RunOptionsWriter.ToYaml(options))));
        }
    }

    [Theory]
    [InlineData("treenet", "topology.density=0.5", "topology.density: 0.5 does not fit method treenet; allowed there is 1")]
    [InlineData("single", "ensemble.heads=2", "ensemble.heads: 2 does not fit method single; allowed there is 1")]
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
        Assert.Equal("topology.density: 0.5 does not fit method treenet; allowed there is 1. Change topology.density or ensemble.method.", fault.Message);
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

        Task<string[]> Train(int members) => executor.Run(() =>
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

        Task<string[]> Train(string method) => executor.Run(() =>
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

    private static RunPlan Plan(string method, int heads, string model) => new(Options(method, heads) with { Model = new() { Name = model } }, Data, new());

    private static RunOptions Options(string method, int heads) => new()
    {
        Seed = 3,
        Device = "cpu",
        Model = new() { Name = "wrn-10-1" },
        Ensemble = new() { Method = method, Heads = heads, BlocksInHead = 1 },
        Topology = new() { Density = 1 },
        Training = new() { Steps = 5, Batch = 8, LearningRate = 0.05 },
    };
}
