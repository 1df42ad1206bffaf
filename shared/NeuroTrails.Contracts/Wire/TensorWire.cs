using System.Buffers;
using static TorchSharp.torch;

namespace NeuroTrails.Contracts.Wire;

/// <summary>Tensors as raw bytes on the wire, layout kept. Orleans' element-wise array codec is several times slower.</summary>
public static class TensorWire
{
    /// <summary>Bytes that a tensor's message has.</summary>
    /// <param name="tensor">The tensor.</param>
    public static long Measure(Tensor tensor)
    {
        var header = Header(tensor);
        return header.HeaderBytes + header.DataBytes;
    }

    /// <summary>Writes a tensor.</summary>
    /// <param name="tensor">On any device; without gaps or overlaps in its memory, or else it is copied first.</param>
    /// <param name="writer">Receives the message.</param>
    public static void Write(Tensor tensor, IBufferWriter<byte> writer)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var header = Header(tensor);
        header.Write(writer);
        var memory = tensor.detach().cpu().permute([.. header.Dimensions.Select(dimension => (long)dimension)]).contiguous();
        writer.Write(memory.bytes);
    }

    /// <summary>Reads a tensor into torch's own aligned memory; a view of the receive buffer could change which kernels run, and so the bits.</summary>
    /// <param name="bytes">The message.</param>
    /// <returns>On the CPU, owned by the caller.</returns>
    /// <exception cref="TensorFormatException">These bytes are no tensor message.</exception>
    public static Tensor Read(ReadOnlySequence<byte> bytes)
    {
        var header = TensorHeader.Read(bytes);
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var memory = empty([.. header.Extents], dtype: (ScalarType)header.Type);
        bytes.Slice(header.HeaderBytes).CopyTo(memory.bytes);
        var inverse = new long[header.Dimensions.Count];
        for (var i = 0; i < inverse.Length; i++)
        {
            inverse[header.Dimensions[i]] = i;
        }

        return memory.permute(inverse).DetachFromDisposeScope();
    }

    private static TensorHeader Header(Tensor tensor)
    {
        if (tensor.dim() > TensorHeader.MaxRank || TensorHeader.ElementBytes((byte)tensor.dtype) is null)
        {
            throw new ArgumentException($"Messages carry tensors of at most {TensorHeader.MaxRank} dimensions and common types; seen: {tensor.dtype} [{string.Join(", ", tensor.shape)}].", nameof(tensor));
        }

        // The order of the memory: widest stride first; equal strides (extents of 1) in the order of the dimensions.
        var strides = tensor.stride();
        var dimensions = Enumerable.Range(0, strides.Length).OrderByDescending(dimension => strides[dimension]).ThenBy(dimension => dimension).ToList();
        return new((byte)tensor.dtype, [.. dimensions.Select(dimension => tensor.shape[dimension])], [.. dimensions.Select(dimension => (byte)dimension)]);
    }
}
