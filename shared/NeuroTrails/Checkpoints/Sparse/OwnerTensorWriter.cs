namespace NeuroTrails.Checkpoints;

/// <summary>
/// Lays an owner's tensors out for a file. A masked tensor becomes <c>NAME.mask</c> (U8, [ceil(n/8)]), <c>NAME.values</c> ([active]) and <c>NAME.MOMENT</c> ([active] each); a dense one
/// <c>NAME</c> and <c>NAME.MOMENT</c>; shapes, memory formats and the lists of moments go to the metadata.
/// </summary>
public static class OwnerTensorWriter
{
    /// <summary>Describes the tensors to write; each is packed only when the writer asks for it.</summary>
    /// <param name="tensors">What the owner holds.</param>
    /// <param name="metadata">Receives what the reader needs to know.</param>
    /// <exception cref="SparseEncodingException">A bitmap that does not fit its tensor (at once), or an inactive element that is not +0 (when it is written).</exception>
    public static IReadOnlyList<TensorSource> Encode(IEnumerable<OwnerTensor> tensors, IDictionary<string, string> metadata)
    {
        var sources = new List<TensorSource>();
        foreach (var tensor in tensors)
        {
            var name = tensor.Value.Name;
            if (tensor.MemoryFormat != OwnerTensor.Contiguous)
            {
                metadata.Add(name + OwnerTensorKeys.Format, tensor.MemoryFormat);
            }

            AddList(metadata, name + OwnerTensorKeys.Moments, tensor.Value, tensor.Moments);
            AddList(metadata, name + OwnerTensorKeys.Extras, tensor.Value, tensor.Extras);
            AddValue(sources, metadata, tensor);
            sources.AddRange(tensor.Extras.Select(extra => extra with { Name = $"{name}.{extra.Name}" }));
        }

        return sources;
    }

    private static void AddValue(List<TensorSource> sources, IDictionary<string, string> metadata, OwnerTensor tensor)
    {
        var value = tensor.Value;
        if (tensor.Mask is not { } mask)
        {
            sources.Add(value);
            sources.AddRange(tensor.Moments.Select(moment => moment with { Name = $"{value.Name}.{moment.Name}" }));
            return;
        }

        var active = MaskBitmap.CountActive(mask, value.Bytes / value.DType.ByteSize());
        metadata.Add(value.Name + OwnerTensorKeys.Shape, OwnerTensorKeys.Join(value.Shape));
        sources.Add(new TensorSource(value.Name + OwnerTensorKeys.Mask, StoredDType.U8, [mask.Length], () => mask));
        sources.Add(Packed(value, value.Name + OwnerTensorKeys.Values, mask, active));
        sources.AddRange(tensor.Moments.Select(moment => Packed(moment, $"{value.Name}.{moment.Name}", mask, active)));
    }

    private static TensorSource Packed(TensorSource source, string name, byte[] mask, long active) =>
        new(name, source.DType, [active], () =>
        {
            try
            {
                return SparseCodec.Pack(source.Data().Span, mask, source.DType.ByteSize());
            }
            catch (SparseEncodingException fault)
            {
                throw new SparseEncodingException($"tensor '{name}': {fault.Message}", fault);
            }
        });

    private static void AddList(IDictionary<string, string> metadata, string key, TensorSource value, IReadOnlyList<TensorSource> parts)
    {
        foreach (var part in parts)
        {
            if (part.Name.Length == 0 || part.Name.Contains(',', StringComparison.Ordinal) || "." + part.Name is OwnerTensorKeys.Mask or OwnerTensorKeys.Values)
            {
                throw new ArgumentException($"tensor '{value.Name}': '{part.Name}' cannot name a part of it");
            }

            if (!part.Shape.AsSpan().SequenceEqual(value.Shape))
            {
                throw new ArgumentException($"tensor '{value.Name}': its {part.Name} has shape [{string.Join(", ", part.Shape)}], not [{string.Join(", ", value.Shape)}]");
            }
        }

        if (parts.Count > 0)
        {
            metadata.Add(key, string.Join(',', parts.Select(part => part.Name)));
        }
    }
}
