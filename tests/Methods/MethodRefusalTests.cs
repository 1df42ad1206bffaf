using NeuroTrails.Methods;
using NeuroTrails.Running;
using NeuroTrails.Silo;
using NeuroTrails.Tests.Checkpoints;
using NeuroTrails.Training;

namespace NeuroTrails.Tests.Methods;

/// <summary>What methods cannot do is refused before anything is trained, with what they can.</summary>
public sealed class MethodRefusalTests
{
    [Theory]
    [InlineData("freetickets_edst", "training.steps=7", "explores for 2 of 7 steps, which leaves 5 for 3 refinements")]
    [InlineData("freetickets_edst", "ensemble.first_phase=0.01", "explores for 0 of 31 steps")]
    [InlineData("snapshot", "ensemble.members=32", "needs at least 32 steps (a cycle for each of 32 members), and the run has 31")]
    [InlineData("subnetworks", "ensemble.members=22", "which leaves 21 for 22 subnetworks")]
    [InlineData("subnetworks", "ensemble.members=1000", "stem.weight has only 432. Allowed: 1 to 432. Change ensemble.members")]
    [InlineData("swag", "ensemble.rank=7", "collects 7 deviations in 6 of 31 steps")]
    [InlineData("random_search", "ensemble.candidates=7", "tries 7 candidates in the first part of 31 steps")]
    [InlineData("batch_ensemble", "ensemble.members=9", "among its 9 members, and a batch has 8 samples. Allowed: at least 9")]
    [InlineData("masksembles", "training.micro_batches=4", "among its 3 members, and a micro-batch has 2 samples")]
    [InlineData(
        "packed",
        "ensemble.packed_groups=3",
        "which do not fall into 3 groups. Allowed: divisors of both. Change ensemble.packed_groups"
    )]
    public void What_cannot_be_is_refused_with_what_can(string method, string assignment, string message) =>
        Assert.Contains(
            message,
            Assert
                .Throws<UserErrorException>(() =>
                    MethodOptions.Plan(MethodOptions.Of(method, change: reader => reader.AddAssignment(assignment)))
                )
                .Message,
            StringComparison.Ordinal
        );

    [Theory]
    [InlineData("mimo", "ensemble.blocks_in_head=2", true)]
    [InlineData("mc_dropout", "ensemble.blocks_in_head = 1", true)]
    [InlineData("mimo", "ensemble.blocks_in_head=0", false)]
    [InlineData("neurotrails", "ensemble.blocks_in_head=2", false)]
    [InlineData("mimo", "ensemble.members=2", false)]
    public void Blocks_of_heads_mean_nothing_to_a_network_that_is_not_divided(string method, string assignment, bool isIdle)
    {
        var idle = MethodSettings.Idle(EnsembleMethods.Of(method), assignment);
        Assert.Equal(isIdle, idle is not null);
        Assert.True(idle?.Contains("Allowed there: 0", StringComparison.Ordinal) ?? true);
    }

    [Theory]
    [MemberData(nameof(MethodOptions.Names), MemberType = typeof(MethodOptions))]
    public void Members_are_heads_unless_one_head_holds_them(string name)
    {
        var plan = MethodOptions.Plan(MethodOptions.Of(name));
        Assert.Equal(plan.Heads == 1 && plan.Members > 1, plan.Members > 1 && plan.Method.MemberWord != "head");
        Assert.Equal(name == "mc_dropout", plan.Method.MemberWord == "pass");
        Assert.Equal(
            plan.Method.Divides,
            plan.Method.Cut(plan.Network, plan.Options.Ensemble with { BlocksInHead = 1 }).Head.Graph.Nodes.Count
                != plan.Method.Cut(plan.Network, plan.Options.Ensemble with { BlocksInHead = 2 }).Head.Graph.Nodes.Count
        );
    }

    [Fact]
    public void A_random_search_needs_a_validation_split() =>
        Assert.Contains(
            "the data have none. Allowed: a part of the training samples held out. Change data.validation",
            Assert
                .Throws<UserErrorException>(() =>
                    new RunPlan(MethodOptions.Of("random_search"), MethodOptions.Data().Shape with { ValidationSamples = 0 }, new())
                )
                .Message,
            StringComparison.Ordinal
        );

    [Fact]
    public void Distillation_needs_a_run_to_learn_from()
    {
        var plan = MethodOptions.Plan(MethodOptions.Of("distil"));
        Assert.Contains(
            "Change ensemble.teacher",
            Assert.Throws<UserErrorException>(() => plan.Method.CheckStart(plan)).Message,
            StringComparison.Ordinal
        );
        plan = MethodOptions.Plan(MethodOptions.Of("distil", change: reader => reader.AddAssignment("ensemble.teacher=/nowhere/at/all")));
        Assert.Contains(
            "There is no run at '/nowhere/at/all'",
            Assert.Throws<UserErrorException>(() => plan.Method.CheckStart(plan)).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Networks_of_the_past_do_not_fit_a_file_of_weights()
    {
        using var folder = new TemporaryFolder();
        var stop = TestContext.Current.CancellationToken;
        var engine = new RunEngine(TimeProvider.System, MethodOptions.Data());
        await engine.TrainAsync(
            new(MethodOptions.Of("snapshot", "mlp"), folder.File("run"), ResumeMode.Never),
            new Progress<RunUpdate>(),
            stop
        );
        foreach (var format in new[] { ExportFormat.Safetensors, ExportFormat.Npz, ExportFormat.Onnx })
        {
            var file = folder.File($"weights.{format}");
            var fault = await Assert.ThrowsAsync<UserErrorException>(() =>
                engine.ExportAsync(new(folder.File("run"), CheckpointChoice.Last, file, Format: format), new Progress<RunUpdate>(), stop)
            );
            Assert.Contains(
                format == ExportFormat.Onnx ? "cannot be exported to ONNX" : "holds 3 networks beside the one that is trained",
                fault.Message,
                StringComparison.Ordinal
            );
            Assert.False(File.Exists(file));
        }
    }
}
