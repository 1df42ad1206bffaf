using System.Collections;

namespace TorchSharp.Utils;

/// <summary>The numbers of a CPU tensor, read and written in place whatever its strides.</summary>
public sealed unsafe class TensorAccessor<T> : IDisposable, IEnumerable<T> where T : unmanaged
{
    private readonly torch.Tensor tensor;
    private readonly T* data;
    private readonly long[] shape;
    private readonly long[] strides;
    private readonly bool contiguous;

    internal TensorAccessor(torch.Tensor tensor)
    {
        if (tensor.device_type != DeviceType.CPU)
        {
            throw new InvalidOperationException(
                "Reading data from non-CPU memory is not supported. Move or copy the tensor to the cpu before reading.");
        }
        this.tensor = tensor;
        data = (T*)tensor.Data();
        shape = tensor.shape;
        strides = tensor.stride();
        contiguous = tensor.is_contiguous();
        Count = tensor.numel();
    }

    public long Count { get; }

    public bool IsReadOnly => false;

    /// <summary>By flat position in row order, or by one index a dimension.</summary>
    public T this[params long[] indices]
    {
        get => data[Offset(indices)];
        set => data[Offset(indices)] = value;
    }

    public T[] ToArray()
    {
        T[] result = new T[Count];
        CopyTo(result);
        return result;
    }

    public void CopyTo(T[] array, int arrayIndex = 0, long tensorIndex = 0) => CopyTo(array.AsSpan(), arrayIndex, tensorIndex);

    public void CopyTo(Span<T> array, int arrayIndex = 0, long tensorIndex = 0)
    {
        Span<T> target = array[arrayIndex..];
        long n = Math.Min(target.Length, Count - tensorIndex);
        if (contiguous)
        {
            new ReadOnlySpan<T>(data + tensorIndex, (int)n).CopyTo(target);
        }
        else
        {
            for (int i = 0; i < n; i++)
            {
                target[i] = data[Flat(tensorIndex + i)];
            }
        }
        GC.KeepAlive(tensor);
    }

    public void CopyFrom(T[] array, int arrayIndex = 0, long tensorIndex = 0) => CopyFrom((ReadOnlySpan<T>)array, arrayIndex, tensorIndex);

    public void CopyFrom(ReadOnlySpan<T> array, int arrayIndex = 0, long tensorIndex = 0)
    {
        ReadOnlySpan<T> source = array[arrayIndex..];
        long n = Math.Min(source.Length, Count - tensorIndex);
        for (int i = 0; i < n; i++)
        {
            data[Flat(tensorIndex + i)] = source[i];
        }
        GC.KeepAlive(tensor);
    }

    public IEnumerator<T> GetEnumerator() => ((IEnumerable<T>)ToArray()).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public void Dispose() => GC.KeepAlive(tensor);

    private long Offset(long[] indices)
    {
        if (indices.Length == 1)
        {
            return indices[0] >= Count || indices[0] < 0 ? throw new IndexOutOfRangeException() : Flat(indices[0]);
        }
        long result = 0;
        for (int i = 0; i < shape.Length; i++)
        {
            if (indices[i] >= shape[i] || indices[i] < 0)
            {
                throw new IndexOutOfRangeException($"{indices[i]} >= {shape[i]} in dimension {i}.");
            }
            result += indices[i] * strides[i];
        }
        return result;
    }

    private long Flat(long position)
    {
        if (contiguous)
        {
            return position;
        }
        long result = 0;
        for (int i = shape.Length - 1; i >= 0; i--)
        {
            position = Math.DivRem(position, shape[i], out long at);
            result += at * strides[i];
        }
        return result;
    }
}
