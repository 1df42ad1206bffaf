using NeuroTrails.Models.Graphs;

namespace NeuroTrails.Models;

/// <summary>
/// A piece of a network between two places where it may be cut. A block is a description without state: it writes down its operations, and
/// the owner (a backbone or a head) holds their tensors, masks and moments.
/// </summary>
/// <remarks>A model of one's own derives from this class or uses <see cref="Of"/>; see <c>docs/adding-a-model.md</c>.</remarks>
public abstract class Block
{
    /// <summary>Names the block.</summary>
    /// <param name="name">Name inside the network, without dots.</param>
    protected Block(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        if (name.Contains('.', StringComparison.Ordinal))
        {
            throw new ArgumentException($"A block's name has no dots (seen: '{name}'); dots separate parents from children.", nameof(name));
        }

        Name = name;
    }

    /// <summary>Name inside the network; part of every tensor's name in checkpoints.</summary>
    public string Name { get; }

    /// <summary>A block in one expression.</summary>
    /// <param name="name">Name inside the network.</param>
    /// <param name="build">Writes down its operations; see <see cref="Build"/>.</param>
    public static Block Of(string name, Func<GraphBuilder, GraphValue, GraphValue> build) => new DelegateBlock(name, build);

    /// <summary>Writes down what the block computes. Must do the same each time.</summary>
    /// <param name="graph">Takes operations; names are those inside the block.</param>
    /// <param name="input">The block's input, with the shape of one sample.</param>
    /// <returns>What the block makes.</returns>
    /// <exception cref="UserErrorException">The input does not fit the block.</exception>
    public abstract GraphValue Build(GraphBuilder graph, GraphValue input);

    private sealed class DelegateBlock(string name, Func<GraphBuilder, GraphValue, GraphValue> build) : Block(name)
    {
        public override GraphValue Build(GraphBuilder graph, GraphValue input) => build(graph, input);
    }
}
