using NeuroTrails.Data;
using NeuroTrails.Models.Graphs;

namespace NeuroTrails.Models;

/// <summary>A network that can be cut after any block: stem, blocks, tail (final norm, pooling and classifier).</summary>
/// <param name="Name">Name for reports.</param>
/// <param name="Input">Shape of one sample.</param>
/// <param name="Stem">What comes before the first block; always in the backbone.</param>
/// <param name="Blocks">The L blocks in order, with names that differ.</param>
/// <param name="Tail">What comes after the last block, up to the class scores; always in the heads.</param>
public sealed record Network(string Name, SampleShape Input, Block Stem, IReadOnlyList<Block> Blocks, Block Tail)
{
    /// <summary>What is changed about every layer; null for nothing.</summary>
    public GraphDecoration? Decoration { get; init; }

    /// <summary>Cuts the network into the backbone (stem and the first L−b blocks) and what each
    /// head has for itself (the last b blocks and the tail).</summary>
    /// <param name="blocksInHead">Number b, 0 to L.</param>
    /// <exception cref="UserErrorException">b is outside that range.</exception>
    public (NetworkPart Backbone, NetworkPart Head) Cut(int blocksInHead)
    {
        if (blocksInHead < 0 || blocksInHead > Blocks.Count)
        {
            throw new UserErrorException(
                $"{blocksInHead} blocks in each head do not fit {Name}, which has {Blocks.Count}. Allowed: 0 to {Blocks.Count}. Change "
                    + "ensemble.blocks_in_head (or take a deeper model.name)."
            );
        }

        var shared = Blocks.Count - blocksInHead;
        var backbone = new NetworkPart([Stem, .. Blocks.Take(shared)], Input, Decoration);
        return (backbone, new NetworkPart([.. Blocks.Skip(shared), Tail], backbone.Output, Decoration));
    }

    /// <summary>The whole network for each head, and a backbone that hands on the samples.</summary>
    public (NetworkPart Backbone, NetworkPart Head) Uncut() => (new([], Input), new([Stem, .. Blocks, Tail], Input, Decoration));
}
