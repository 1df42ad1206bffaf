using NeuroTrails.Configuration;
using NeuroTrails.Models;
using NeuroTrails.Models.Layers;

namespace NeuroTrails.Samples;

/// <summary>A model of one's own: patches of the image, then residual mixing blocks, then a classifier. Registered under a name, it is trained like any other.</summary>
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

    private static Network Build(ModelOptions options, FeatureShape input, int classes)
    {
        var width = options.Hidden[0];
        var blocks = Enumerable.Range(0, Blocks).Select(index => (Block)new MixerBlock($"block{index}", width)).ToList();
        return new(
            Name,
            input,
            Stem: new Sequential("stem", new Convolution("patches", input.Channels, width, 3, Patch), new BatchNorm("bn", width)),
            blocks,
            Tail: new Sequential("tail", new GlobalPool("pool"), new Linear("classifier", width, classes, classifier: true)));
    }
}
