using System.Buffers;
using static TorchSharp.torch;

namespace NeuroTrails.Contracts.Wire;

/// <summary>Tensors as raw bytes on the wire, layout kept. Orleans' element-wise array codec is several times slower.</summary>
internal static class TensorWire
{
    // Another handle on a tensor's memory, owned by the caller.
    public static Tensor Handle(this Tensor tensor) => tensor.alias().DetachFromDisposeScope();

    public static long Measure(Tensor tensor)
    {
        var header = Header(tensor);
        return header.HeaderBytes + header.DataBytes;
    }

    public static void Write(Tensor tensor, IBufferWriter<byte> writer)
    {
        var (header, memory) = InOrder(tensor);
        using (memory)
        {
            header.Write(writer);
            writer.Write(memory.bytes);
        }
    }

    // The elements are on the CPU, contiguous, owned by the caller: the tensor's own memory where it lies there without gaps, else a copy.
    public static (TensorHeader Header, Tensor Memory) InOrder(Tensor tensor)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var header = Header(tensor);
        return (
            header,
            tensor.detach().cpu().permute([.. header.Dimensions.Select(dimension => (long)dimension)]).contiguous().DetachFromDisposeScope()
        );
    }

    // Reads a tensor into torch's own aligned memory; a view of the receive buffer could change which kernels run, and so the bits.
    public static Tensor Read(ReadOnlySequence<byte> bytes)
    {
        var header = TensorHeader.Read(bytes);
        return Read(header, memory => bytes.Slice(header.HeaderBytes).CopyTo(memory));
    }

    // Makes a tensor of a header and of elements that somebody fills in.
    public static Tensor Read(TensorHeader header, SpanAction fill)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var memory = empty([.. header.Extents], dtype: (ScalarType)header.Type);
        fill(memory.bytes);
        var inverse = new long[header.Dimensions.Count];
        for (var i = 0; i < inverse.Length; i++)
        {
            inverse[header.Dimensions[i]] = i;
        }

        return memory.permute(inverse).DetachFromDisposeScope();
    }

    public delegate void SpanAction(Span<byte> memory);

    private static TensorHeader Header(Tensor tensor)
    {
        if (tensor.dim() > TensorHeader.MaxRank || TensorHeader.ElementBytes((byte)tensor.dtype) is null)
        {
            throw new ArgumentException(
                $"Messages carry tensors of at most {TensorHeader.MaxRank} dimensions and common types; seen: {tensor.dtype} "
                    + $"[{string.Join(", ", tensor.shape)}].",
                nameof(tensor)
            );
        }

        // The order of the memory: widest stride first; of equal strides those of extent 1 last, in the order of the dimensions. The other
        // side then has the same strides there as well, from which libtorch reads whether channels are last.
        var strides = tensor.stride();
        var dimensions = Enumerable
            .Range(0, strides.Length)
            .OrderByDescending(dimension => strides[dimension])
            .ThenBy(dimension => tensor.shape[dimension] == 1)
            .ThenBy(dimension => dimension)
            .ToList();
        return new(
            (byte)tensor.dtype,
            [.. dimensions.Select(dimension => tensor.shape[dimension])],
            [.. dimensions.Select(dimension => (byte)dimension)]
        );
    }
}
