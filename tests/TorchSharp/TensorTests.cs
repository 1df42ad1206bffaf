using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace NeuroTrails.Tests.Torch;

public sealed class TensorTests
{
    [Fact]
    public void Arithmetic_is_as_in_plain_loops()
    {
        using DisposeScope scope = NewDisposeScope();
        Random random = new(1);
        for (int round = 0; round < 100; round++)
        {
            int n = random.Next(1, 40);
            float[] a = Draw(random, n), b = Draw(random, n);
            Tensor x = tensor(a), y = tensor(b);
            Same((x + y) * 2 - (y / 3), i => ((a[i] + b[i]) * 2) - (b[i] / 3), n);
            Same(x.maximum(y).abs().sqrt(), i => MathF.Sqrt(MathF.Abs(MathF.Max(a[i], b[i]))), n);
            Same(1 - x, i => 1 - a[i], n);
            Same(x.clone().mul_(y).add_(x, 0.5), i => (a[i] * b[i]) + (0.5f * a[i]), n);
            Same(x.clone().addcmul_(x, y, 0.1), i => a[i] + (0.1f * a[i] * b[i]), n);
            Same(x.clone().addcdiv_(y, x.square() + 1, 2), i => a[i] + (2 * b[i] / ((a[i] * a[i]) + 1)), n);
            Same(x.clamp(-0.5, 0.5), i => Math.Clamp(a[i], -0.5f, 0.5f), n);
            Same(where(x > y, x, y.neg()), i => a[i] > b[i] ? a[i] : -b[i], n);
            Assert.Equal(a.Sum(v => (double)v), x.sum(ScalarType.Float64).ToDouble(), 1e-4);
            Assert.Equal(a.Count(v => v > 0), (x > 0).sum().ToInt64());
        }
    }

    [Fact]
    public void Shapes_views_and_strides()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = arange(24, dtype: float32).reshape(2, 3, 4);
        Assert.Equal([2L, 3, 4], x.shape);
        Assert.Equal([12L, 4, 1], x.stride());
        Assert.Equal([4L, 3, 2], x.permute(2, 1, 0).shape);
        Assert.Equal(23f, x[1, 2, 3].item<float>());
        Assert.Equal([4L], x[1, 2].shape);
        Assert.Equal(12f, x[1][0, 0].ToSingle());
        Assert.Equal([2L, 3, 2], x[TensorIndex.Ellipsis, TensorIndex.Slice(0, null, 2)].shape);
        Assert.Equal([2L, 1, 4], x[TensorIndex.Colon, 1..2].shape);
        Assert.Equal(6f, x.narrow(2, 2, 2)[0, 1, 0].ToSingle());
        Assert.Equal([2L, 12], x.flatten(1).shape);
        Assert.Equal(3, x.split(1, 1).Length);
        Assert.Equal([4L, 3, 4], cat([x, x]).shape);
        Assert.Equal([2L, 2, 3, 4], stack([x, x]).shape);
        Assert.Equal(24, x.numel());
        Assert.Equal(4, x.element_size());
    }

    [Fact]
    public void Channels_last_by_permuting_twice()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = arange(2 * 3 * 4 * 5, dtype: float32).reshape(2, 3, 4, 5);
        Tensor y = x.permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2);
        Assert.Equal(x.shape, y.shape);
        Assert.Equal([60L, 1, 15, 3], y.stride());
        Assert.False(y.is_contiguous());
        Assert.True(x.Equals(y));
        Tensor z = nn.functional.relu(y) + 1;
        Assert.Equal([60L, 1, 15, 3], z.stride());
        Tensor copy = empty_strided(y.shape, y.stride()).copy_(y);
        Assert.Equal(y.stride(), copy.stride());
        Assert.Equal(x.data<float>().ToArray(), copy.data<float>().ToArray());
    }

    [Fact]
    public void Indexed_writes()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = zeros(3, 4);
        x[1, 2] = tensor(5f);
        x[TensorIndex.Single(0)] = ones(4);
        Assert.Equal(9f, x.sum().ToSingle());
        Tensor flat = zeros(10);
        Tensor index = tensor(new long[] { 1, 3, 5 });
        flat.index_fill_(0, index, 2);
        flat.index_add_(0, index, ones(3), 3);
        flat.index_copy_(0, tensor(new long[] { 9 }), tensor(new[] { 7f }));
        Assert.Equal([0f, 5, 0, 5, 0, 5, 0, 0, 0, 7], flat.data<float>().ToArray());
        flat.masked_fill_(flat > 4, -1);
        Assert.Equal(-4f, flat.sum().ToSingle());
        flat.scatter_(0, index, tensor(new[] { 1f, 2, 3 }));
        Assert.Equal([1f, 2, 3], flat.gather(0, index).data<float>().ToArray());
        Assert.Equal([1f, 2, 3], flat[index].data<float>().ToArray());
        Assert.Equal([1L, 3, 5, 9], flat.nonzero().flatten().data<long>().ToArray());
    }

    [Fact]
    public void Sorting_is_stable_when_asked()
    {
        using DisposeScope scope = NewDisposeScope();
        Random random = new(3);
        for (int round = 0; round < 200; round++)
        {
            int n = random.Next(1, 300), k = random.Next(1, n + 1);
            int[] values = new int[n];
            for (int i = 0; i < n; i++)
            {
                values[i] = random.Next(6);
            }
            (Tensor sorted, Tensor order) = tensor(values).sort(0, descending: true, stable: true);
            int[] expected = [.. Enumerable.Range(0, n).OrderByDescending(i => values[i])];
            Assert.Equal(expected, order.data<long>().ToArray().Select(i => (int)i));
            (Tensor top, Tensor _) = tensor(values).topk(k);
            Assert.Equal(expected.Take(k).Select(i => values[i]), top.data<int>().ToArray());
            Assert.Equal(values.Order().ElementAt(k - 1), tensor(values).kthvalue(k, 0).values.ToInt32());
        }
    }

    [Fact]
    public void Bytes_and_element_types()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = tensor(new[] { 1f, -2.5f, 3f });
        Assert.Equal([1f, -2.5f, 3f], MemoryMarshal.Cast<byte, float>(x.bytes).ToArray());
        Tensor y = empty(3);
        y.bytes = x.bytes;
        Assert.True(x.Equals(y));
        foreach (ScalarType type in (ScalarType[])[float16, bfloat16, float64, int32, int64, uint8])
        {
            Tensor z = tensor(new[] { 1f, 2, 3 }).to(type);
            Assert.Equal(type, z.dtype);
            Assert.Equal(6.0, z.to(float64).sum().ToDouble());
        }
        Assert.Equal(ScalarType.Bool, (x > 0).dtype);
        Assert.True((x > 0)[0].ToBoolean());
        using MemoryStream stream = new();
        x.WriteBytesToStream(stream);
        stream.Position = 0;
        Tensor read = empty(3);
        read.ReadBytesFromStream(stream);
        Assert.True(read.Equals(x));
    }

    [Fact]
    public void Failures_are_external_exceptions_with_torch_s_words()
    {
        using DisposeScope scope = NewDisposeScope();
        // Not matmul: the package lets its exception cross the native boundary, which ends the process.
        ExternalException e = Assert.Throws<ExternalException>(() => ones(2, 3).mm(ones(2, 3)));
        Assert.Contains("mat1 and mat2", e.Message, StringComparison.Ordinal);
        Assert.Throws<ExternalException>(() => ones(2).add_(ones(3)));
        Assert.Throws<ExternalException>(() => ones(2).view(3));
        Assert.Throws<ExternalException>(() => ones(2).size(5));
        Assert.Throws<ExternalException>(() => ones(3).topk(4));
        Assert.Equal(2f, ones(2).sum().ToSingle());
    }

    [Fact]
    public void Tensors_nobody_disposes_are_freed_by_the_collector()
    {
        long before = Tensor.TotalCount;
        for (int i = 0; i < 2000; i++)
        {
            _ = zeros(1000);
        }
        for (int i = 0; i < 20 && Tensor.TotalCount > before + 1000; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
        Assert.InRange(Tensor.TotalCount, 0, before + 1000);
    }

    private static float[] Draw(Random random, int n) => [.. Enumerable.Range(0, n).Select(_ => (float)((random.NextDouble() * 4) - 2))];

    private static void Same(Tensor actual, Func<int, float> expected, int n)
    {
        float[] values = actual.data<float>().ToArray();
        Assert.Equal(n, values.Length);
        for (int i = 0; i < n; i++)
        {
            Assert.Equal(expected(i), values[i], 1e-4f);
        }
    }
}
