namespace TorchSharp;

/// <summary>Conversions of one-element tensors to numbers, and of arrays to tensors.</summary>
public static class TensorExtensionMethods
{
    public static float ToSingle(this torch.Tensor value) => (float)value.ToScalarValue().Real;
    public static double ToDouble(this torch.Tensor value) => value.ToScalarValue().Real;
    public static Half ToHalf(this torch.Tensor value) => (Half)value.ToScalarValue().Real;
    public static BFloat16 ToBFloat16(this torch.Tensor value) => new((float)value.ToScalarValue().Real);
    public static sbyte ToSByte(this torch.Tensor value) => (sbyte)value.ToScalarValue().Integer;
    public static byte ToByte(this torch.Tensor value) => (byte)value.ToScalarValue().Integer;
    public static short ToInt16(this torch.Tensor value) => (short)value.ToScalarValue().Integer;
    public static int ToInt32(this torch.Tensor value) => (int)value.ToScalarValue().Integer;
    public static long ToInt64(this torch.Tensor value) => value.ToScalarValue().Integer;
    public static bool ToBoolean(this torch.Tensor value) => value.ToScalarValue().Real != 0;

    /// <summary>The number of elements of a shape.</summary>
    public static long TotalSize(this IEnumerable<long> shape) => shape.Aggregate(1L, (a, b) => a * b);

    public static torch.Tensor ToTensor<T>(this T[] rawArray, long[] dimensions, bool doCopy = false,
        bool requires_grad = false) where T : unmanaged =>
        torch.Create<T>(rawArray, dimensions, null, null, requires_grad);

    public static Modules.Parameter AsParameter(this torch.Tensor tensor) => new(tensor);
}
