using NeuroTrails.Checkpoints;
using NeuroTrails.Configuration;
using NeuroTrails.Models;
using NeuroTrails.Running;
using NeuroTrails.Training;
using TorchSharp;

namespace NeuroTrails.Tests.Engine;

/// <content>What is not finite is not kept.</content>
public sealed partial class RunFailureTests
{
    [Fact]
    public async Task A_batch_that_is_skipped_leaves_no_trace_in_running_statistics()
    {
        var options = Options("wrn-10-1", 4) with
        {
            Training = new()
            {
                Steps = 4,
                Batch = 8,
                NonFinite = NonFiniteRule.Skip,
            },
            Checkpoint = new() { EverySteps = 2 },
        };
        var summary = await Train(options, (step, batch) => batch.Pixels[0] = step == 2 ? float.NaN : batch.Pixels[0]);
        Assert.True(double.IsFinite(summary!.Nll));
        foreach (var step in new[] { 2, 4 })
        {
            Assert.Null(NonFinite(options, step));
        }
    }

    [Fact]
    public async Task Weights_that_left_the_numbers_are_not_saved()
    {
        // The loss of the only step is finite; what the step makes of the weights is not.
        var options = Options("mlp", 1) with
        {
            Training = new()
            {
                Steps = 1,
                Batch = 8,
                LearningRate = 3e38,
            },
        };
        var failure = await Fails(options, (_, batch) => Scale(batch, 1e4f));
        Assert.Equal((FailureCause.Diverged, 1L), (failure.Cause, failure.Step));
        Assert.Matches(
            "^Step 1: `[a-z0-9.]+weight` of (backbone|head-[01]) is not finite: the training has diverged. Nothing of it was saved.",
            failure.Reason
        );
        Assert.Empty(new CheckpointStore(Run, TimeProvider.System).List());
    }

    [Fact]
    public async Task Statistics_alone_that_left_the_numbers_are_not_saved_and_the_learning_rate_is_not_blamed()
    {
        // Variances of 1e40 are no float32, though every activation, after its norm, is one.
        var failure = await Fails(Options("wrn-10-1", 3), (_, batch) => Scale(batch, 1e20f));
        Assert.Equal((FailureCause.Data, 3L), (failure.Cause, failure.Step));
        Assert.Contains("running_var", failure.Reason, StringComparison.Ordinal);
        Assert.Contains("though every weight there is", failure.Reason, StringComparison.Ordinal);
        Assert.DoesNotContain("learning_rate", failure.Reason, StringComparison.Ordinal);
        Assert.Empty(new CheckpointStore(Run, TimeProvider.System).List());
    }

    private NonFiniteTensor? NonFinite(RunOptions options, long step)
    {
        var plan = new RunPlan(options, new TamperedData(8, (_, _) => { }).Shape, new ModelCatalogue());
        var checkpoint = new CheckpointStore(Run, TimeProvider.System).Load(step);
        return plan
            .Owners.Select(owner =>
            {
                using var tensors = OwnerTensors.Initialise(plan.Part(owner), 0, torch.CPU, plan.MasterType);
                OwnerShard.Load(tensors, checkpoint.Folder, owner);
                return NonFiniteTensor.Find(tensors);
            })
            .FirstOrDefault(found => found is not null);
    }
}
