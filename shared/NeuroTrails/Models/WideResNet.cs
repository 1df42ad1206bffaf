using System.Globalization;
using NeuroTrails.Configuration;
using NeuroTrails.Data;

namespace NeuroTrails.Models;

/// <summary>WideResNet-D-K (Zagoruyko and Komodakis 2016): three stages of (D−4)/6 blocks with 16K, 32K and 64K channels.</summary>
internal static class WideResNet
{
    private const int StemChannels = 16;
    private const int Stages = 3;

    /// <summary>Reads <c>wrn-D-K</c>; null where the name is none, or D is not 6n+4.</summary>
    public static (int Depth, int Widening)? TryParse(string name)
    {
        var parts = name.Split('-');
        return
            parts is ["wrn", var depthText, var wideningText]
            && int.TryParse(depthText, NumberStyles.None, CultureInfo.InvariantCulture, out var depth)
            && int.TryParse(wideningText, NumberStyles.None, CultureInfo.InvariantCulture, out var widening)
            && depth >= 10
            && depth <= 1000
            && (depth - 4) % 6 == 0
            && widening is >= 1 and <= 1000
            ? (depth, widening)
            : null;
    }

    public static Network Build(ModelOptions options, (int Depth, int Widening) size, SampleShape input, int classes)
    {
        if (input.Height < 4 || input.Width < 4)
        {
            throw new UserErrorException(
                $"{options.Name} takes images of at least 4×4 pixels, but the data has samples of shape {input.Features}. Change "
                    + "model.name (mlp takes any shape), or data.name."
            );
        }

        var blocksInStage = (size.Depth - 4) / 6;
        var blocks = new List<Block>();
        for (var stage = 0; stage < Stages; stage++)
        {
            var width = (StemChannels << stage) * size.Widening;
            for (var i = 0; i < blocksInStage; i++)
            {
                var stride = stage > 0 && i == 0 ? 2 : 1;
                blocks.Add(new WideResNetBlock($"block{blocks.Count}", width, stride, options.Dropout));
            }
        }

        return new(
            options.Name,
            input,
            Block.Of("stem", (graph, image) => graph.Convolution(string.Empty, image, StemChannels, 3)),
            blocks,
            Block.Of(
                "tail",
                (graph, value) =>
                    graph.Linear(
                        "classifier",
                        graph.GlobalAveragePool(graph.ReLU(graph.BatchNorm("bn", value))),
                        classes,
                        isClassifier: true
                    )
            )
        );
    }
}
