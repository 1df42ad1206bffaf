using NeuroTrails.Data;
using NeuroTrails.Models.Graphs;
using static TorchSharp.torch;

namespace NeuroTrails.Models;

/// <summary>
/// A block that computes with torch directly, where the operations of <see cref="GraphBuilder"/> are not enough. It trains like any other,
/// but only torch can compute it: it cannot be exported.
/// </summary>
/// <param name="name">Name inside the network, without dots.</param>
public abstract class TorchBlock(string name) : Block(name)
{
    /// <summary>Shape that the block makes of a sample.</summary>
    /// <param name="input">Shape of one sample.</param>
    /// <exception cref="UserErrorException">The input does not fit the block.</exception>
    public abstract SampleShape Output(SampleShape input);

    /// <summary>Every tensor of the block for that input, named inside the block, in a fixed order.</summary>
    /// <param name="input">Shape of one sample.</param>
    public abstract IEnumerable<TensorSpec> Declare(SampleShape input);

    /// <summary>Computes the block.</summary>
    /// <param name="input">[B, C, H, W] (channels-last in memory), or [B, C] once flat.</param>
    /// <param name="tensors">This block's tensors.</param>
    /// <param name="pass">Training or evaluation, arithmetic, randomness.</param>
    /// <returns>Shape <see cref="Output"/> behind the batch. Must be a new tensor, or the input itself.</returns>
    public abstract Tensor Forward(Tensor input, TensorNode tensors, Pass pass);

    /// <inheritdoc/>
    public sealed override GraphValue Build(GraphBuilder graph, GraphValue input)
    {
        ArgumentNullException.ThrowIfNull(graph);
        return graph.Torch(this, input);
    }
}
