using NeuroTrails.Configuration;
using NeuroTrails.Data;

namespace NeuroTrails.Models;

/// <summary>Linear maps with ReLU between; a block a hidden layer.</summary>
internal static class MultiLayerPerceptron
{
    public static Network Build(ModelOptions options, SampleShape input, int classes)
    {
        if (options.Hidden.Count == 0 || options.Hidden.Any(units => units < 1))
        {
            throw new UserErrorException(
                $"An mlp needs hidden layers of at least 1 unit each (seen: [{string.Join(", ", options.Hidden)}]). Change model.hidden."
            );
        }

        var blocks = new List<Block>();
        foreach (var units in options.Hidden)
        {
            blocks.Add(Block.Of($"block{blocks.Count}", (graph, value) => graph.ReLU(graph.Linear("linear", value, units))));
        }

        return new(
            options.Name,
            input,
            Block.Of("stem", (graph, value) => graph.Flatten(value)),
            blocks,
            Block.Of("classifier", (graph, value) => graph.Linear(string.Empty, value, classes, isClassifier: true))
        );
    }
}
