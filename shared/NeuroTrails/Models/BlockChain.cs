using static TorchSharp.torch;

namespace NeuroTrails.Models;

/// <summary>Computes blocks one after the other and lets go of what lies between them.</summary>
/// <remarks>
/// Autograd keeps what a backward pass needs, and frees it on the way back. A handle of ours on the same tensor would keep it, and everything that nobody
/// needs any more, until the step is over: more than half of a step's memory, and nearly all of an evaluation's.
/// </remarks>
internal static class BlockChain
{
    /// <summary>The blocks in order. Intermediate tensors of a block, and results that a later block has taken, are disposed of.</summary>
    /// <param name="blocks">Blocks, with distinct names.</param>
    /// <param name="input">Input of the first one; it stays.</param>
    /// <param name="tensors">Where each block's tensors are, under its name.</param>
    /// <param name="pass">Training or evaluation, arithmetic, randomness.</param>
    /// <returns>The last block's result, in the caller's dispose scope; the input itself where no block made a tensor.</returns>
    public static Tensor Forward(IReadOnlyList<Block> blocks, Tensor input, TensorNode tensors, Pass pass)
    {
        var value = input;
        foreach (var block in blocks)
        {
            var next = Forward(block, value, tensors.In(block.Name), pass);
            if (!ReferenceEquals(value, input) && !ReferenceEquals(value, next))
            {
                value.Dispose();
            }

            value = next;
        }

        return value;
    }

    private static Tensor Forward(Block block, Tensor input, TensorNode tensors, Pass pass)
    {
        using var scope = NewDisposeScope();
        var output = block.Forward(input, tensors, pass);
        return ReferenceEquals(output, input) ? output : output.MoveToOuterDisposeScope();
    }
}
