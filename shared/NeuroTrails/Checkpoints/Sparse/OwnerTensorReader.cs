namespace NeuroTrails.Checkpoints;

/// <summary>Finds in a file what <see cref="OwnerTensorWriter"/> laid out. Data is read, and unpacked, only when a tensor's source is asked for it.</summary>
public static class OwnerTensorReader
{
    /// <summary>Names of the owner's tensors, sorted; masks, values, moments and extras belong to theirs.</summary>
    /// <param name="file">An open file; it must stay open while sources are read.</param>
    public static IReadOnlyList<string> Names(SafetensorsFile file)
    {
        var names = new SortedSet<string>(StringComparer.Ordinal);
        var parts = new HashSet<string>(StringComparer.Ordinal);
        foreach (var tensor in file.Tensors)
        {
            var masked = tensor.Name.EndsWith(OwnerTensorKeys.Mask, StringComparison.Ordinal)
                && file.Metadata.ContainsKey(Base(tensor.Name) + OwnerTensorKeys.Shape);
            var name = masked ? Base(tensor.Name) : tensor.Name;
            names.Add(name);
            if (masked)
            {
                parts.Add(tensor.Name);
                parts.Add(name + OwnerTensorKeys.Values);
            }

            parts.UnionWith(OwnerTensorKeys.List(file.Metadata, name + OwnerTensorKeys.Moments).Select(part => $"{name}.{part}"));
            parts.UnionWith(OwnerTensorKeys.List(file.Metadata, name + OwnerTensorKeys.Extras).Select(part => $"{name}.{part}"));
        }

        names.ExceptWith(parts);
        return [.. names];
    }

    /// <summary>One tensor with its mask, moments and extras.</summary>
    /// <param name="file">An open file; it must stay open while sources are read.</param>
    /// <param name="name">The tensor's name.</param>
    /// <exception cref="KeyNotFoundException">No such tensor.</exception>
    /// <exception cref="SafetensorsFormatException">Its parts do not fit each other.</exception>
    public static OwnerTensor Read(SafetensorsFile file, string name)
    {
        var format = file.Metadata.GetValueOrDefault(name + OwnerTensorKeys.Format, OwnerTensor.Contiguous);
        var moments = OwnerTensorKeys.List(file.Metadata, name + OwnerTensorKeys.Moments);
        var extras = OwnerTensorKeys.List(file.Metadata, name + OwnerTensorKeys.Extras);
        if (!file.Metadata.TryGetValue(name + OwnerTensorKeys.Shape, out var shapeText) || !file.Contains(name + OwnerTensorKeys.Mask))
        {
            var value = Dense(file, name, name, file.Info(name).Shape);
            return new OwnerTensor(value)
            {
                Moments = [.. moments.Select(moment => Dense(file, $"{name}.{moment}", moment, value.Shape))],
                Extras = [.. extras.Select(extra => Dense(file, $"{name}.{extra}", extra, value.Shape))],
                MemoryFormat = format,
            };
        }

        var mask = file.Read(name + OwnerTensorKeys.Mask);
        var shape = OwnerTensorKeys.ParseShape(shapeText);
        if (shape is null || mask.DType != StoredDType.U8 || !StoredDType.BOOL.TryCountBytes(shape, out var positions) || positions > Array.MaxLength)
        {
            throw Fail(file, mask.Name, $"{mask.DType} with metadata shape '{shapeText}'", "U8 and extents with commas between");
        }

        var bitmap = mask.Data.ToArray();
        long active;
        try
        {
            active = MaskBitmap.CountActive(bitmap, positions);
        }
        catch (SparseEncodingException fault)
        {
            throw Fail(file, mask.Name, fault.Message, "a bitmap of the tensor's positions", fault);
        }

        return new OwnerTensor(Packed(file, name + OwnerTensorKeys.Values, name, shape, bitmap, active))
        {
            Mask = bitmap,
            Moments = [.. moments.Select(moment => Packed(file, $"{name}.{moment}", moment, shape, bitmap, active))],
            Extras = [.. extras.Select(extra => Dense(file, $"{name}.{extra}", extra, shape))],
            MemoryFormat = format,
        };
    }

    private static TensorSource Dense(SafetensorsFile file, string stored, string name, long[] shape)
    {
        var info = Part(file, stored, shape);
        return new TensorSource(name, info.DType, shape, () => file.Read(stored).Data);
    }

    private static TensorSource Packed(SafetensorsFile file, string stored, string name, long[] shape, byte[] bitmap, long active)
    {
        var info = Part(file, stored, [active]);
        if (!info.DType.TryCountBytes(shape, out var bytes) || bytes > Array.MaxLength)
        {
            throw Fail(file, stored, $"{info.DType} [{string.Join(", ", shape)}] unpacked", $"at most {Array.MaxLength} bytes");
        }

        return new TensorSource(name, info.DType, shape, () =>
        {
            var dense = new byte[(int)bytes];
            SparseCodec.Unpack(file.Read(stored).Data.Span, bitmap, info.DType.ByteSize(), dense);
            return dense;
        });
    }

    private static StoredTensorInfo Part(SafetensorsFile file, string stored, long[] shape)
    {
        if (!file.Contains(stored))
        {
            throw new SafetensorsFormatException(file.Path, SafetensorsHeader.LengthBytes, $"no tensor '{stored}'", "one, because the metadata or a mask speaks of it");
        }

        var info = file.Info(stored);
        return info.Shape.AsSpan().SequenceEqual(shape)
            ? info
            : throw Fail(file, stored, $"shape [{string.Join(", ", info.Shape)}]", $"[{string.Join(", ", shape)}], from its tensor's shape and mask");
    }

    private static string Base(string mask) => mask[..^OwnerTensorKeys.Mask.Length];

    private static SafetensorsFormatException Fail(SafetensorsFile file, string stored, string seen, string expected, Exception? fault = null) =>
        new(file.Path, file.Info(stored).Offset, $"tensor '{stored}': {seen}", expected, fault);
}
