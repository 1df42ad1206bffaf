using NeuroTrails.Models.Graphs;

namespace NeuroTrails.Models;

/// <summary>
/// Residual block of ResNet (He et al. 2016): a chain of convolutions and norms, plus the input or a 1×1 projection of it, then ReLU.
/// Basic: 3×3, 3×3. Bottleneck: 1×1, 3×3 (which carries the stride), 1×1 to four times the width.
/// </summary>
internal sealed class ResNetBlock(string name, int width, int stride, bool bottleneck) : Block(name)
{
    private const int BottleneckExpansion = 4;

    public override GraphValue Build(GraphBuilder graph, GraphValue input)
    {
        var outputs = bottleneck ? width * BottleneckExpansion : width;
        var branch = bottleneck
            ? Unit(3, graph.ReLU(Unit(2, graph.ReLU(Unit(1, input, width, 1)), width, 3, stride)), outputs, 1)
            : Unit(2, graph.ReLU(Unit(1, input, width, 3, stride)), outputs, 3);
        var shortcut =
            graph.HasChannels(input, outputs) && stride == 1
                ? input
                : graph.BatchNorm("shortcut.bn", graph.Convolution("shortcut.conv", input, outputs, 1, stride));
        return graph.ReLU(graph.Add(branch, shortcut));

        GraphValue Unit(int number, GraphValue value, int channels, int kernel, int step = 1) =>
            graph.BatchNorm($"branch.bn{number}", graph.Convolution($"branch.conv{number}", value, channels, kernel, step));
    }
}
