using NeuroTrails.Models.Graphs;

namespace NeuroTrails.Models;

/// <summary>
/// Pre-activation residual block of WideResNet (Zagoruyko and Komodakis 2016): norm, ReLU, 3×3, norm, ReLU, 3×3.
/// A block that changes width or stride applies the first norm and ReLU before both branches and
/// has a 1×1 shortcut; any other adds its raw input.
/// </summary>
internal sealed class WideResNetBlock(string name, int width, int stride, double dropout) : Block(name)
{
    public override GraphValue Build(GraphBuilder graph, GraphValue input)
    {
        var activated = graph.ReLU(graph.BatchNorm("bn1", input));
        var inner = graph.ReLU(graph.BatchNorm("bn2", graph.Convolution("conv1", activated, width, 3, stride)));
        var branch = graph.Convolution("conv2", graph.Dropout(inner, dropout), width, 3);
        return graph.Add(
            branch,
            graph.HasChannels(input, width) && stride == 1 ? input : graph.Convolution("shortcut", activated, width, 1, stride)
        );
    }
}
