using NeuroTrails.Configuration;
using NeuroTrails.Models;
using NeuroTrails.Silo.Placement;
using NeuroTrails.Training;

namespace NeuroTrails.Tests.Placement;

public sealed class MessageSizeTests
{
    // wrn-16-4 without its last four blocks ends in 64 channels of 32×32 values of 4 bytes: 256 KiB a sample, 384 samples in 96 MiB.
    [Theory]
    [InlineData(384, 384, null)]
    [InlineData(385, 384, "training.batch is 385")]
    [InlineData(1, 1000, "evaluation.batch is 1000")]
    public void An_activation_that_no_message_takes_is_refused_with_the_largest_batch(int batch, int evaluation, string? expected)
    {
        var options = new RunOptions
        {
            Model = new() { Name = "wrn-16-4" },
            Ensemble = new() { Heads = 3, BlocksInHead = 4 },
            Training = new() { Batch = batch },
            Evaluation = new() { Batch = evaluation },
        };
        var plan = new RunPlan(options, new(new(3, 32, 32), 10, 50_000), new ModelCatalogue());
        if (expected is null)
        {
            MessageSize.Check(plan);
            return;
        }

        var error = Assert.Throws<UserErrorException>(() => MessageSize.Check(plan));
        Assert.StartsWith(expected, error.Message, StringComparison.Ordinal);
        Assert.Contains("Allowed here: 1 to 384", error.Message, StringComparison.Ordinal);
    }
}
