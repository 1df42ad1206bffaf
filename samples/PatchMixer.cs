using NeuroTrails.Configuration;
using NeuroTrails.Data;
using NeuroTrails.Models;

namespace NeuroTrails.Samples;

/// <summary>A model of one's own: patches of the image, an activation of its own, residual mixing blocks, a classifier. Registered under a
/// name, it is trained like any other.</summary>
public static class PatchMixer
{
    private const int Patch = 2;
    private const int Blocks = 4;

    /// <summary>The name for <c>model.name</c>.</summary>
    public const string Name = "patch-mixer";

    /// <summary>Adds the model to a catalogue.</summary>
    /// <param name="models">The catalogue that the engine is given.</param>
    public static void Register(ModelCatalogue models)
    {
        ArgumentNullException.ThrowIfNull(models);
        models.Register(Name, Build);
    }

    private static Network Build(ModelOptions options, SampleShape input, int classes)
    {
        var width = options.Hidden[0];
        return new(
            Name,
            input,
            Stem: Block.Of("stem", (graph, image) => graph.BatchNorm("bn", graph.Convolution("patches", image, width, 3, Patch))),
            [
                .. Enumerable
                    .Range(0, Blocks)
                    .Select(index => index == 0 ? (Block)new ScaledGelu("block0") : new MixerBlock($"block{index}", width)),
            ],
            Tail: Block.Of(
                "tail",
                (graph, value) => graph.Linear("classifier", graph.GlobalAveragePool(value), classes, isClassifier: true)
            )
        );
    }
}
