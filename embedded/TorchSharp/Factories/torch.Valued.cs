using static TorchSharp.Native.NativeMethods;

namespace TorchSharp;

public static partial class torch
{
    // Tensors of one value, sequences, and tensors shaped like others.
    public static Tensor full(ReadOnlySpan<long> size, Scalar value, ScalarType? dtype = null, Device? device = null,
        bool requires_grad = false) =>
        Tensor.Wrap(nt_full(size, size.Length, value, (int)(dtype ?? TypeOf(value)), (int)(device ?? defaultDevice).type,
            (device ?? defaultDevice).index, requires_grad));
    public static Tensor full(long[] size, Scalar value, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        full((ReadOnlySpan<long>)size, value, dtype, device, requires_grad);
    public static Tensor full(long size, Scalar value, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        full((ReadOnlySpan<long>)[size], value, dtype, device, requires_grad);
    public static Tensor full(long rows, long columns, Scalar value, ScalarType? dtype = null, Device? device = null,
        bool requires_grad = false) => full((ReadOnlySpan<long>)[rows, columns], value, dtype, device, requires_grad);
    public static Tensor full(long dim0, long dim1, long dim2, Scalar value, ScalarType? dtype = null, Device? device = null,
        bool requires_grad = false) => full((ReadOnlySpan<long>)[dim0, dim1, dim2], value, dtype, device, requires_grad);
    public static Tensor full(long dim0, long dim1, long dim2, long dim3, Scalar value, ScalarType? dtype = null, Device? device = null,
        bool requires_grad = false) => full((ReadOnlySpan<long>)[dim0, dim1, dim2, dim3], value, dtype, device, requires_grad);

    public static Tensor arange(Scalar start, Scalar stop, Scalar step, ScalarType? dtype = null, Device? device = null,
        bool requires_grad = false)
    {
        bool integral = start.Type.IsIntegral() && stop.Type.IsIntegral() && step.Type.IsIntegral();
        ScalarType type = dtype ?? (integral ? ScalarType.Int64 : defaultType);
        return Tensor.Wrap(nt_arange(start, stop, step, (int)type, (int)(device ?? defaultDevice).type, (device ?? defaultDevice).index,
            requires_grad));
    }

    public static Tensor arange(Scalar start, Scalar stop, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        arange(start, stop, 1, dtype, device, requires_grad);
    public static Tensor arange(Scalar stop, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        arange(0, stop, 1, dtype, device, requires_grad);

    public static Tensor linspace(double start, double end, long steps, ScalarType? dtype = null, Device? device = null,
        bool requires_grad = false) =>
        Tensor.Wrap(nt_linspace(start, end, steps, (int)(dtype ?? defaultType), (int)(device ?? defaultDevice).type,
            (device ?? defaultDevice).index, requires_grad));

    public static Tensor eye(long rows, long columns = -1L, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Tensor.Wrap(nt_eye(rows, columns == -1 ? rows : columns, (int)(dtype ?? defaultType), (int)(device ?? defaultDevice).type,
            (device ?? defaultDevice).index, requires_grad));

    public static Tensor empty_strided(long[] size, long[] strides, ScalarType? dtype = null, Device? device = null,
        bool requires_grad = false) =>
        Tensor.Wrap(nt_empty_strided(size, size.Length, strides, strides.Length, (int)(dtype ?? defaultType),
            (int)(device ?? defaultDevice).type, (device ?? defaultDevice).index, requires_grad));

    public static Tensor zeros_like(Tensor input, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        input.zeros_like(dtype, device, requires_grad);
    public static Tensor ones_like(Tensor input, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        input.ones_like(dtype, device, requires_grad);
    public static Tensor empty_like(Tensor input, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        input.empty_like(dtype, device, requires_grad);
    public static Tensor rand_like(Tensor input, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        input.rand_like(dtype, device, requires_grad);
    public static Tensor randn_like(Tensor input, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        input.randn_like(dtype, device, requires_grad);
    public static Tensor full_like(Tensor input, Scalar value, ScalarType? dtype = null, Device? device = null,
        bool requires_grad = false) => input.full_like(value, dtype, device, requires_grad);
    public static Tensor randint_like(Tensor input, long low, long high, ScalarType? dtype = null, Device? device = null,
        bool requires_grad = false) => input.randint_like(low, high, dtype, device, requires_grad);

    // As real TorchSharp: an integral value makes 64-bit integers, and a boolean counts as integral.
    private static ScalarType TypeOf(Scalar value) => value.Type.IsIntegral() ? ScalarType.Int64 : defaultType;
}
