namespace TorchSharp.Native;

/// <summary>Turns the native arrays that some calls give back into tensors.</summary>
internal static unsafe class TensorResults
{
    /// <summary>Takes the tensors over and frees the array.</summary>
    internal static torch.Tensor[] Take(int status, nint array, int count) => Array.ConvertAll(TakeOptional(status, array, count), t => t!);

    /// <summary>The same where single tensors may be undefined, which become null.</summary>
    internal static torch.Tensor?[] TakeOptional(int status, nint array, int count)
    {
        NativeMethods.Ok(status);
        var result = new torch.Tensor?[count];
        for (int i = 0; i < count; i++)
        {
            nint native = ((nint*)array)[i];
            result[i] = native == 0 ? null : torch.Tensor.Wrap(native);
        }
        NativeMethods.nt_free_array(array);
        return result;
    }
}
