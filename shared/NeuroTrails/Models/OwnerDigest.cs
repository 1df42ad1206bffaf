using System.Security.Cryptography;
using static TorchSharp.torch;

namespace NeuroTrails.Models;

/// <summary>One hash of all that an owner holds, to tell whether two replicas are equal to the last bit.</summary>
public static class OwnerDigest
{
    /// <summary>SHA-256 over values, masks and moments of every parameter, running statistics and the generator's state.</summary>
    /// <param name="tensors">What the owner holds.</param>
    /// <returns>Lower-case hexadecimal digits.</returns>
    public static string Of(OwnerTensors tensors)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var parameter in tensors.Parameters)
        {
            Add(hash, parameter.Value);
            Add(hash, parameter.Mask);
            Add(hash, parameter.GradientAverage);
            foreach (var moment in parameter.Moments.Values)
            {
                Add(hash, moment);
            }
        }

        foreach (var (_, value) in tensors.Buffers)
        {
            Add(hash, value);
        }

        using var state = tensors.Generator.get_state();
        Add(hash, state);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static void Add(IncrementalHash hash, Tensor? tensor)
    {
        if (tensor is null)
        {
            return;
        }

        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        hash.AppendData(tensor.detach().cpu().contiguous().bytes);
    }
}
