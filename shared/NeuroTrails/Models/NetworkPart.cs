using NeuroTrails.Data;
using NeuroTrails.Models.Graphs;
using static TorchSharp.torch;

namespace NeuroTrails.Models;

/// <summary>The blocks that one owner computes.</summary>
public sealed class NetworkPart
{
    private readonly TorchGraph _torch;

    /// <summary>Strings blocks together.</summary>
    /// <param name="blocks">In order, with distinct names.</param>
    /// <param name="input">Shape of one sample at the first block.</param>
    /// <param name="decoration">What is changed about every layer; null for nothing.</param>
    public NetworkPart(IReadOnlyList<Block> blocks, SampleShape input, GraphDecoration? decoration = null)
    {
        Graph = ComputationGraph.Of(blocks, input, decoration);
        Tensors = [.. Graph.Nodes.SelectMany(node => node.Tensors)];
        _torch = new(Graph);
    }

    /// <summary>What is computed.</summary>
    public ComputationGraph Graph { get; }

    /// <summary>Shape of a sample at the first block.</summary>
    public SampleShape Input => Graph.Input.Shape;

    /// <summary>Shape of a sample behind the last block.</summary>
    public SampleShape Output => Graph.Output.Shape;

    /// <summary>Every tensor, with its full name, in the order of the blocks.</summary>
    public IReadOnlyList<TensorSpec> Tensors { get; }

    /// <summary>The trained tensors.</summary>
    public IEnumerable<TensorSpec> Parameters => Tensors.Where(spec => spec.Role != TensorRole.Buffer);

    /// <summary>The tensors that a sparse run masks.</summary>
    public IEnumerable<TensorSpec> Maskable => Tensors.Where(spec => spec.Maskable);

    /// <summary>Computes the blocks in order.</summary>
    /// <param name="input">[B, …<see cref="Input"/>].</param>
    /// <param name="tensors">The owner's tensors.</param>
    /// <param name="pass">Training or evaluation, arithmetic, randomness.</param>
    /// <returns>[B, …<see cref="Output"/>].</returns>
    public Tensor Forward(Tensor input, TensorNode tensors, Pass pass) => _torch.Forward(input, tensors, pass);
}
