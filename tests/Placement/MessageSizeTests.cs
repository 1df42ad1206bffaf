using NeuroTrails.Configuration;
using NeuroTrails.Models;
using NeuroTrails.Silo.Placement;
using NeuroTrails.Training;

namespace NeuroTrails.Tests.Placement;

public sealed class MessageSizeTests
{
    // wrn-16-4 without its last four blocks ends in 64 channels of 32×32 values of 4 bytes: 256 KiB a sample, 8,188 samples in 2,047 MiB.
    [Theory]
    [InlineData(8188, 1, 8188, ActivationType.Arithmetic, null)]
    [InlineData(8189, 1, 8188, ActivationType.Arithmetic, "training.batch")]
    [InlineData(16376, 2, 1, ActivationType.Arithmetic, null)]
    [InlineData(16378, 1, 1, ActivationType.Bfloat16, "training.batch")]
    [InlineData(16376, 1, 1, ActivationType.Bfloat16, null)]
    [InlineData(1, 1, 9000, ActivationType.Arithmetic, "evaluation.batch")]
    public void An_activation_that_cannot_travel_is_refused_with_the_largest_batch(
        int batch,
        int microBatches,
        int evaluation,
        ActivationType activations,
        string? expected
    )
    {
        var plan = Plan(
            new()
            {
                Training = new()
                {
                    Batch = batch,
                    MicroBatches = microBatches,
                    ActivationDtype = activations,
                },
                Evaluation = new() { Batch = evaluation },
            }
        );
        if (expected is null)
        {
            MessageSize.Check(plan);
            return;
        }

        var error = Assert.Throws<UserErrorException>(() => MessageSize.Check(plan));
        Assert.StartsWith(expected, error.Message, StringComparison.Ordinal);
        Assert.Contains(
            $"Allowed here: 1 to {(activations == ActivationType.Bfloat16 ? 16376 : 8188)} samples",
            error.Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Where_gradients_travel_the_batch_does_not_matter() =>
        MessageSize.Check(
            Plan(
                new()
                {
                    Training = new() { Batch = 50_000 },
                    Execution = new() { Share = Sharing.Gradients },
                }
            )
        );

    private static RunPlan Plan(RunOptions options) =>
        new(
            options with
            {
                Model = new() { Name = "wrn-16-4" },
                Ensemble = new() { Heads = 3, BlocksInHead = 4 },
            },
            new(new(3, 32, 32), 10, 50_000),
            new ModelCatalogue()
        );
}
