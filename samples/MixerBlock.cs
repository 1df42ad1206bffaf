using NeuroTrails.Models;
using NeuroTrails.Models.Graphs;

namespace NeuroTrails.Samples;

/// <summary>x + bn(conv3×3(relu(x))): a block of given operations, which can be exported.</summary>
/// <param name="name">Name inside the network.</param>
/// <param name="width">Channels.</param>
internal sealed class MixerBlock(string name, int width) : Block(name)
{
    /// <inheritdoc/>
    public override GraphValue Build(GraphBuilder graph, GraphValue input) =>
        graph.Add(input, graph.BatchNorm("branch.bn", graph.Convolution("branch.conv", graph.ReLU(input), width, 3)));
}
