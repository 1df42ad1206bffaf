using NeuroTrails.Formats;

namespace NeuroTrails.Tests.Checkpoints;

/// <summary>Tensors of random types, shapes and bytes.</summary>
internal static class RandomTensors
{
    public static StoredTensor One(Random random, string name)
    {
        var dtypes = Enum.GetValues<StoredDType>();
        var dtype = dtypes[random.Next(dtypes.Length)];
        var shape = new long[random.Next(4)];
        for (var i = 0; i < shape.Length; i++)
        {
            shape[i] = random.Next(5);
        }

        var data = new byte[shape.Aggregate((long)dtype.ByteSize(), (product, extent) => product * extent)];
        random.NextBytes(data);
        return new StoredTensor(name, dtype, shape, data);
    }

    public static List<StoredTensor> Many(Random random, int most) =>
        [.. Enumerable.Range(0, random.Next(most + 1)).Select(i => One(random, $"t{random.Next(100)}.{i} \"ü\\\n😀"))];

    public static byte[] File(
        IEnumerable<StoredTensor> tensors,
        IReadOnlyDictionary<string, string>? metadata = null,
        TensorOrder order = TensorOrder.Aligned
    )
    {
        using var stream = new MemoryStream();
        SafetensorsWriter.Write(stream, tensors.Select(t => t.ToSource()), metadata, order);
        return stream.ToArray();
    }

    public static void AssertEqual(StoredTensor expected, StoredTensor actual)
    {
        Assert.Equal(expected.Name, actual.Name);
        Assert.Equal(expected.DType, actual.DType);
        Assert.Equal(expected.Shape, actual.Shape);
        Assert.True(expected.Data.Span.SequenceEqual(actual.Data.Span), $"bytes of {expected.Name}");
    }
}
