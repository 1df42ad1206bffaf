using NeuroTrails.Configuration;
using NeuroTrails.Data;
using NeuroTrails.Models;
using NeuroTrails.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace NeuroTrails.Tests.Training;

public sealed class NormCheckTests(ITestOutputHelper output)
{
    /// <summary>A plan is refused exactly where a forward pass of one micro-batch in training
    /// leaves a running variance that is no number.</summary>
    [Fact]
    public void A_plan_is_refused_where_a_norms_variance_is_undefined()
    {
        var refused = 0;
        var cases = 0;
        foreach (var (model, blocks) in new[] { ("wrn-10-1", 3), ("wrn-16-1", 6), ("mlp", 2), ("resnet18", 8) })
        {
            foreach (var (height, width) in new[] { (4, 4), (4, 5), (5, 8), (8, 8), (16, 4) })
            {
                foreach (var part in new[] { 1, 2 })
                {
                    var broken = VarianceIsUndefined(model, new(1, height, width), part);
                    for (var inHead = 0; inHead <= blocks; inHead += model == "resnet18" ? 4 : 1)
                    {
                        foreach (var parts in new[] { 1, 3 })
                        {
                            var options = new RunOptions
                            {
                                Model = new() { Name = model, Hidden = [4, 4] },
                                Ensemble = new() { Heads = 2, BlocksInHead = inHead },
                                Training = new() { Batch = part * parts, MicroBatches = parts },
                            };
                            RunPlan Plan() => new(options, new(new(1, height, width), 3, 60), new ModelCatalogue());
                            cases++;
                            if (broken)
                            {
                                var message = Assert.Throws<UserErrorException>(Plan).Message;
                                Assert.Contains("would see one value per channel in training", message, StringComparison.Ordinal);
                                Assert.Contains("training.batch", message, StringComparison.Ordinal);
                                refused++;
                            }
                            else
                            {
                                Plan();
                            }
                        }
                    }
                }
            }
        }

        output.WriteLine($"{refused} of {cases} plans are refused");
        Assert.InRange(refused, 20, cases - 20);
    }

    [Fact]
    public void The_message_says_what_was_seen_and_what_to_change()
    {
        var options = new RunOptions
        {
            Model = new() { Name = "wrn-10-1" },
            Training = new() { Batch = 4, MicroBatches = 4 },
        };
        Assert.Equal(
            "The batch norm `block2.bn2` of each head (and 1 more) would see one value per channel in training: samples of shape [3, 4, "
                + "4] leave maps of 1×1 there, and a batch of 4 in 4 micro-batches "
                + "has one sample at a time. Allowed are at least 2 samples. Change training.batch or training.micro_batches, or take "
                + "larger images or another model.name (mlp has no norms).",
            Assert.Throws<UserErrorException>(() => new RunPlan(options, new(new(3, 4, 4), 3, 60), new ModelCatalogue())).Message
        );
    }

    private static bool VarianceIsUndefined(string model, SampleShape sample, int count)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var whole = new ModelCatalogue().Build(new() { Name = model, Hidden = [4, 4] }, sample, 3).Cut(0);
        using var backbone = OwnerTensors.Initialise(whole.Backbone, 1, CPU, ScalarType.Float32);
        using var head = OwnerTensors.Initialise(whole.Head, 2, CPU, ScalarType.Float32);
        var images = randn(count, sample.Channels, sample.Height, sample.Width);
        var activation = whole.Backbone.Forward(images, backbone.Root, new(true, ScalarType.Float32, backbone.Generator));
        whole.Head.Forward(activation, head.Root, new(true, ScalarType.Float32, head.Generator));
        return backbone.Buffers.Concat(head.Buffers).Any(buffer => buffer.Value.isnan().any().ToBoolean());
    }
}
