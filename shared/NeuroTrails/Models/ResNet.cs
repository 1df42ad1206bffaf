using NeuroTrails.Configuration;
using NeuroTrails.Data;

namespace NeuroTrails.Models;

/// <summary>ResNet-18, -34 and -50 (He et al. 2016; the 50's stride sits in its 3×3, as everywhere
/// today), with the stem for small images or ImageNet's.</summary>
internal static class ResNet
{
    private const int StemChannels = 64;

    // Up to this side, ImageNet's stem would leave too few positions for the last stage.
    private const int SmallImageSide = 64;

    public static Network Build(ModelOptions options, SampleShape input, int classes)
    {
        (int[] stages, bool bottleneck) = options.Name switch
        {
            "resnet18" => (new[] { 2, 2, 2, 2 }, false),
            "resnet34" => (new[] { 3, 4, 6, 3 }, false),
            _ => (new[] { 3, 4, 6, 3 }, true),
        };
        var blocks = new List<Block>();
        for (var stage = 0; stage < stages.Length; stage++)
        {
            var width = StemChannels << stage;
            for (var i = 0; i < stages[stage]; i++)
            {
                var stride = stage > 0 && i == 0 ? 2 : 1;
                blocks.Add(new ResNetBlock($"block{blocks.Count}", width, stride, bottleneck));
            }
        }

        return new(
            options.Name,
            input,
            Stem(options, input),
            blocks,
            Block.Of("tail", (graph, value) => graph.Linear("classifier", graph.GlobalAveragePool(value), classes, isClassifier: true))
        );
    }

    private static Block Stem(ModelOptions options, SampleShape input)
    {
        var small = options.Stem switch
        {
            "small" => true,
            "imagenet" => false,
            "auto" => Math.Max(input.Height, input.Width) <= SmallImageSide,
            _ => throw new UserErrorException($"There is no stem '{options.Stem}'. Known: auto, small, imagenet. Change model.stem."),
        };
        return Block.Of(
            "stem",
            (graph, image) =>
            {
                var convolved = small
                    ? graph.Convolution("conv", image, StemChannels, 3)
                    : graph.Convolution("conv", image, StemChannels, 7, 2);
                var activated = graph.ReLU(graph.BatchNorm("bn", convolved));
                return small ? activated : graph.MaxPool(activated, 3, 2);
            }
        );
    }
}
