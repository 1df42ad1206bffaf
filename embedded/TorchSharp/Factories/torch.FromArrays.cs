using System.Runtime.InteropServices;
using static TorchSharp.Native.NativeMethods;

namespace TorchSharp;

public static partial class torch
{
    public static Tensor as_tensor(Tensor data, ScalarType? dtype = null, Device? device = null) =>
        (dtype is null || dtype == data.dtype) && (device is null
            || (device.type == data.device_type && (device.index < 0 || device.index == data.device_index)))
            ? data.alias() : data.to(dtype ?? data.dtype, device ?? data.device);

    public static Tensor as_tensor(Array data, ScalarType? dtype = null, Device? device = null) => from_array(data, dtype, device, false);

    public static Tensor from_array(Array rawArray, Device? device = null) => from_array(rawArray, null, device);

    /// <summary>A copy of an array of any rank. Real TorchSharp shares the array's memory on the CPU; here it is always copied.</summary>
    public static unsafe Tensor from_array(Array rawArray, ScalarType? dtype, Device? device = null, bool requires_grad = false)
    {
        Type element = rawArray.GetType().GetElementType()!;
        long[] shape = new long[rawArray.Rank];
        for (int i = 0; i < shape.Length; i++)
        {
            shape[i] = rawArray.GetLongLength(i);
        }
        ScalarType type = ToScalarType(element);
        GCHandle pin = GCHandle.Alloc(rawArray, GCHandleType.Pinned);
        try
        {
            return FromMemory((void*)pin.AddrOfPinnedObject(), shape, type, dtype, device, requires_grad);
        }
        finally
        {
            pin.Free();
        }
    }

    internal static unsafe Tensor Create<T>(ReadOnlySpan<T> data, ReadOnlySpan<long> shape, ScalarType? dtype, Device? device,
        bool requires_grad)
        where T : unmanaged
    {
        long wanted = 1;
        foreach (long n in shape)
        {
            wanted *= n;
        }
        if (wanted > data.Length)
        {
            throw new ArgumentException($"mismatched total size creating a tensor from an array: {wanted} vs. {data.Length}");
        }
        fixed (T* p = data)
        {
            return FromMemory(p, shape, ToScalarType(typeof(T)), dtype, device, requires_grad);
        }
    }

    internal static Tensor CreateRanked<T>(Array data, ScalarType? dtype, Device? device, bool requires_grad) where T : unmanaged =>
        from_array(data, dtype, device, requires_grad);

    private static unsafe Tensor FromMemory(void* data, ReadOnlySpan<long> shape, ScalarType type, ScalarType? dtype, Device? device,
        bool requires_grad) =>
        Tensor.Wrap(nt_from_memory((nint)data, shape, shape.Length, (int)type, (int)(dtype ?? type), (int)(device ?? defaultDevice).type,
            (device ?? defaultDevice).index, requires_grad));
}
