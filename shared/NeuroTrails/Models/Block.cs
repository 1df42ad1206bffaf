using static TorchSharp.torch;

namespace NeuroTrails.Models;

/// <summary>
/// A piece of a network between two places where it may be cut. A block is a description without state: it declares its tensors,
/// and computes with those it is handed. The owner (a backbone or a head) holds the tensors, their masks and moments.
/// </summary>
/// <remarks>
/// A model of one's own derives from this class, or composes <see cref="Layers.Sequential"/> from the given layers; see <c>docs/adding-a-model.md</c>.
/// </remarks>
public abstract class Block
{
    /// <summary>Names the block.</summary>
    /// <param name="name">Name inside the parent, without dots.</param>
    protected Block(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        if (name.Contains('.', StringComparison.Ordinal))
        {
            throw new ArgumentException($"A block's name has no dots (seen: '{name}'); dots separate parents from children.", nameof(name));
        }

        Name = name;
    }

    /// <summary>Name inside the parent; part of every tensor's name in checkpoints.</summary>
    public string Name { get; }

    /// <summary>Shape that the block makes of a sample.</summary>
    /// <param name="input">Shape of one sample.</param>
    /// <exception cref="UserErrorException">The input does not fit the block.</exception>
    public abstract FeatureShape Output(FeatureShape input);

    /// <summary>Every tensor of the block for that input, named inside the block, in a fixed order.</summary>
    /// <param name="input">Shape of one sample.</param>
    public abstract IEnumerable<TensorSpec> Declare(FeatureShape input);

    /// <summary>Computes the block.</summary>
    /// <param name="input">[B, C, H, W] (channels-last in memory), or [B, C] once flat.</param>
    /// <param name="tensors">This block's tensors.</param>
    /// <param name="pass">Training or evaluation, arithmetic, randomness.</param>
    /// <returns>Shape <see cref="Output"/> behind the batch. Must be a new tensor, or the input itself.</returns>
    public abstract Tensor Forward(Tensor input, TensorNode tensors, Pass pass);
}
