using NeuroTrails.Data;

namespace NeuroTrails.Models.Graphs;

/// <summary>What flows between the nodes of a graph.</summary>
/// <param name="Id">Its number: 0 for the graph's input, then in the order of the nodes that make them.</param>
/// <param name="Shape">Shape of one sample.</param>
public sealed record GraphValue(int Id, SampleShape Shape);

/// <summary>One operation in its place.</summary>
/// <param name="Operation">What is computed.</param>
/// <param name="Path">Dotted name of its place, under which its tensors are: <c>block0.conv1</c>.</param>
/// <param name="Inputs">What it takes.</param>
/// <param name="Output">What it makes.</param>
/// <param name="Tensors">Its tensors, with full names.</param>
public sealed record GraphNode(
    Operation Operation,
    string Path,
    IReadOnlyList<GraphValue> Inputs,
    GraphValue Output,
    IReadOnlyList<TensorSpec> Tensors
);

/// <summary>
/// The computation of a part of a network: named operations with their tensors, in an order in which they can be computed. Shapes are
/// inferred when a graph is built; nothing is allocated. Sizes, multiply-adds, drawings and exports are read off it, and torch executes it.
/// </summary>
public sealed class ComputationGraph
{
    internal ComputationGraph(GraphValue input, IReadOnlyList<GraphNode> nodes, GraphValue output) =>
        (Input, Nodes, Output) = (input, nodes, output);

    /// <summary>What goes in.</summary>
    public GraphValue Input { get; }

    /// <summary>The operations, each after those that it takes something of.</summary>
    public IReadOnlyList<GraphNode> Nodes { get; }

    /// <summary>What comes out; the input itself where there are no nodes.</summary>
    public GraphValue Output { get; }

    /// <summary>Strings blocks together.</summary>
    /// <param name="blocks">In order, with distinct names.</param>
    /// <param name="input">Shape of one sample at the first block.</param>
    /// <param name="decoration">What is changed about every layer; null for nothing.</param>
    /// <exception cref="UserErrorException">The sample does not fit a block.</exception>
    /// <exception cref="ArgumentException">Two tensors have one name.</exception>
    public static ComputationGraph Of(IEnumerable<Block> blocks, SampleShape input, GraphDecoration? decoration = null)
    {
        ArgumentNullException.ThrowIfNull(blocks);
        var builder = new GraphBuilder(input, decoration);
        return builder.Build(blocks.Aggregate(builder.Input, (value, block) => builder.Block(block, value)));
    }
}
