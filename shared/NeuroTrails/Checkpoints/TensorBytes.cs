using static TorchSharp.torch;

namespace NeuroTrails.Checkpoints;

/// <summary>Tensors as bytes.</summary>
internal static class TensorBytes
{
    // The values in C order, copied to managed memory.
    public static ReadOnlyMemory<byte> Copy(Tensor tensor)
    {
        using var scope = NewDisposeScope();
        return tensor.detach().cpu().contiguous().bytes.ToArray();
    }
}
