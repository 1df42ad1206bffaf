using NeuroTrails.Execution;
using static TorchSharp.torch;

namespace NeuroTrails.Models.Graphs;

/// <summary>Computes operations on texts with torch. B samples, L positions, C features, H attention heads of D features each.</summary>
internal static class TorchSequences
{
    /// <summary>The rows of the tokens.</summary>
    /// <param name="tokens_BL">int64.</param>
    /// <param name="tensors"><c>weight</c> [vocabulary, C].</param>
    /// <param name="pass">Arithmetic.</param>
    /// <returns>[B, L, C].</returns>
    public static Tensor Embedding(Tensor tokens_BL, TensorNode tensors, Pass pass)
    {
        var rows = tensors["weight"].index_select(0, tokens_BL.flatten());
        return pass.Cast(rows).view(tokens_BL.shape[0], tokens_BL.shape[1], -1);
    }

    /// <summary>Divides by the root of the mean square; in the masters' type, like other norms.</summary>
    public static Tensor RmsNorm(Tensor input_BLC, Tensor weight_C)
    {
        var wide_BLC = input_BLC.to_type(weight_C.dtype);
        var scale_BL1 = wide_BLC.square().mean([-1], keepdim: true).add(Scalars.Of(RmsNormOperation.Epsilon), Scalars.One).rsqrt();
        return wide_BLC.mul(scale_BL1).mul(weight_C).to_type(input_BLC.dtype);
    }

    /// <summary>Causal attention with rotary positions from 0.</summary>
    /// <returns>[B, L, C].</returns>
    public static Tensor Attention(Tensor query_BLC, Tensor key_BLC, Tensor value_BLC, int heads)
    {
        var (batch, length, features) = (query_BLC.shape[0], query_BLC.shape[1], query_BLC.shape[2]);
        var (cosine_LD, sine_LD) = Angles(length, features / heads, query_BLC);
        return nn
            .functional.scaled_dot_product_attention(Rotated(Split(query_BLC)), Rotated(Split(key_BLC)), Split(value_BLC), null, 0, true)
            .transpose(1, 2)
            .reshape(batch, length, features);

        Tensor Split(Tensor input_BLC) => input_BLC.view(batch, length, heads, -1).transpose(1, 2);

        Tensor Rotated(Tensor input_BHLD)
        {
            var halves = input_BHLD.chunk(2, -1);
            return input_BHLD.mul(cosine_LD).add(cat([halves[1].neg(), halves[0]], -1).mul(sine_LD), Scalars.One);
        }
    }

    // In float64, and rounded once.
    private static (Tensor Cosine_LD, Tensor Sine_LD) Angles(long length, long features, Tensor like)
    {
        using var noGrad = no_grad();
        var pairs = arange(Scalars.Of(0), Scalars.Of(features / 2), Scalars.One, ScalarType.Float64);
        var frequencies = pairs.mul(Scalars.Of(-2 * Math.Log(AttentionOperation.RotaryBase) / features)).exp();
        var positions = arange(Scalars.Of(0), Scalars.Of(length), Scalars.One, ScalarType.Float64);
        var angles = outer(positions, frequencies);
        var both = cat([angles, angles], -1);
        return (both.cos().to(like.dtype, like.device), both.sin().to(like.dtype, like.device));
    }
}
