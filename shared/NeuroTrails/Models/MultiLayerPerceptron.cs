using NeuroTrails.Configuration;
using NeuroTrails.Models.Layers;

namespace NeuroTrails.Models;

/// <summary>Linear maps with ReLU between; a block a hidden layer.</summary>
internal static class MultiLayerPerceptron
{
    public static Network Build(ModelOptions options, FeatureShape input, int classes)
    {
        if (options.Hidden.Count == 0 || options.Hidden.Any(units => units < 1))
        {
            throw new UserErrorException($"An mlp needs hidden layers of at least 1 unit each (seen: [{string.Join(", ", options.Hidden)}]). Change model.hidden.");
        }

        var blocks = new List<Block>();
        var features = checked((int)input.Elements);
        foreach (var units in options.Hidden)
        {
            blocks.Add(new Sequential($"block{blocks.Count}", new Linear("linear", features, units), new Rectifier("relu", inPlace: true)));
            features = units;
        }

        return new(options.Name, input, new Flatten("stem"), blocks, new Linear("classifier", features, classes, classifier: true));
    }
}
