using TorchSharp.Native;
using static TorchSharp.Native.NativeMethods;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class functional
        {
            public static Tensor linear(Tensor input, Tensor weights, Tensor? bias = null) =>
                Tensor.Wrap(nt_linear(input.H, weights.H, bias?.H ?? TensorHandle.None));

            public static Tensor conv1d(Tensor input, Tensor weight, Tensor? bias = null, long? stride = null, long? padding = null,
                long? dilation = null,
                long groups = 1) => Tensor.Wrap(nt_conv1d(input.H, weight.H, bias?.H ?? TensorHandle.None, stride ?? 1, padding ?? 0,
                    dilation ?? 1, groups));

            public static Tensor conv2d(Tensor input, Tensor weight, Tensor? bias = null, long[]? strides = null, long[]? padding = null,
                long[]? dilation = null, long groups = 1)
            {
                ReadOnlySpan<long> s = strides ?? One, p = padding ?? Zero, d = dilation ?? One;
                return Tensor.Wrap(nt_conv2d(input.H, weight.H, bias?.H ?? TensorHandle.None, s, s.Length, p, p.Length, d, d.Length,
                    groups));
            }

            public static Tensor conv_transpose2d(Tensor input, Tensor weight, Tensor? bias = null, long[]? strides = null,
                long[]? padding = null,
                long[]? output_padding = null, long[]? dilation = null, long groups = 1)
            {
                ReadOnlySpan<long> s = strides ?? One, p = padding ?? Zero, o = output_padding ?? Zero, d = dilation ?? One;
                return Tensor.Wrap(nt_conv_transpose2d(input.H, weight.H, bias?.H ?? TensorHandle.None, s, s.Length, p, p.Length, o,
                    o.Length, d, d.Length, groups));
            }

            public static Tensor dropout(Tensor input, double p = 0.5, bool training = true, bool inplace = false)
            {
                if (!inplace)
                {
                    return Tensor.Wrap(nt_dropout(input.H, p, training));
                }
                Ok(nt_dropout_(input.H, p, training));
                return input.alias();
            }

            public static Tensor one_hot(Tensor x, long num_classes = -1) => Tensor.Wrap(nt_one_hot(x.H, num_classes));

            /// <summary>softmax(q·kᵀ/√d)·v; <paramref name="is_casual"/> (TorchSharp's spelling) hides what comes later.</summary>
            public static Tensor scaled_dot_product_attention(Tensor query, Tensor key, Tensor value, Tensor? attn_mask = null,
                double p = 0.0,
                bool is_casual = false) =>
                    Tensor.Wrap(nt_attention(query.H, key.H, value.H, attn_mask?.H ?? TensorHandle.None, p, is_casual));

            private static readonly long[] One = [1];
            private static readonly long[] Zero = [0];
        }
    }
}
