using TorchSharp.Native;
using static TorchSharp.Native.NativeMethods;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class functional
        {
            public static Tensor batch_norm(Tensor input, Tensor? running_mean, Tensor? running_var, Tensor? weight = null,
                Tensor? bias = null,
                bool training = false, double momentum = 0.1, double eps = 1e-5) =>
                    Tensor.Wrap(nt_batch_norm(input.H, running_mean?.H ?? TensorHandle.None,
                    running_var?.H ?? TensorHandle.None, weight?.H ?? TensorHandle.None, bias?.H ?? TensorHandle.None, training, momentum,
                        eps));

            public static Tensor layer_norm(Tensor input, long[] normalized_shape, Tensor? weight = null, Tensor? bias = null,
                double eps = 1e-5) =>
                Tensor.Wrap(nt_layer_norm(input.H, normalized_shape, normalized_shape.Length, weight?.H ?? TensorHandle.None,
                    bias?.H ?? TensorHandle.None, eps));

            public static Tensor group_norm(Tensor input, long num_groups, Tensor? weight = null, Tensor? bias = null, double eps = 1e-5) =>
                Tensor.Wrap(nt_group_norm(input.H, num_groups, weight?.H ?? TensorHandle.None, bias?.H ?? TensorHandle.None, eps));

            public static Tensor normalize(Tensor input, double p = 2.0, long dim = 1L, double eps = 1e-12) =>
                Tensor.Wrap(nt_normalize(input.H, p, dim, eps));
        }
    }
}
