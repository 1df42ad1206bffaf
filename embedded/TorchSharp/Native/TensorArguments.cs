namespace TorchSharp.Native;

/// <summary>Keeps a list of tensors alive while their native handles are used in a call; a null tensor is a null handle.</summary>
internal readonly ref struct TensorArguments
{
    private readonly ReadOnlySpan<torch.Tensor?> tensors;
    private readonly nint[] handles;

    internal TensorArguments(ReadOnlySpan<torch.Tensor?> tensors)
    {
        this.tensors = tensors;
        handles = new nint[tensors.Length];
        int done = 0;
        try
        {
            for (; done < tensors.Length; done++)
            {
                if (tensors[done] is { } tensor)
                {
                    bool added = false;
                    tensor.H.DangerousAddRef(ref added);
                    handles[done] = tensor.H.DangerousGetHandle();
                }
            }
        }
        catch
        {
            Release(done);
            throw;
        }
    }

    internal ReadOnlySpan<nint> Handles => handles;

    internal int Count => handles.Length;

    public void Dispose() => Release(tensors.Length);

    internal static TensorArguments Of(IEnumerable<torch.Tensor?>? tensors) => new(tensors switch
    {
        null => default,
        torch.Tensor?[] array => array,
        _ => tensors.ToArray(),
    });

    private void Release(int count)
    {
        for (int i = 0; i < count; i++)
        {
            tensors[i]?.H.DangerousRelease();
        }
    }
}
