using TorchSharp.Native;
using static TorchSharp.Native.NativeMethods;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class functional
        {
            public static Tensor cross_entropy(Tensor input, Tensor target, Tensor? weight = null, long ignore_index = -100,
                Reduction reduction = Reduction.Mean, double label_smoothing = 0.0) =>
                Tensor.Wrap(nt_cross_entropy(input.H, target.H, weight?.H ?? TensorHandle.None, ignore_index, (long)reduction,
                    label_smoothing));

            public static Tensor nll_loss(Tensor input, Tensor target, Tensor? weight = null, Reduction reduction = Reduction.Mean) =>
                Tensor.Wrap(nt_nll_loss(input.H, target.H, weight?.H ?? TensorHandle.None, (long)reduction));

            public static Tensor kl_div(Tensor input, Tensor target, bool log_target = true, Reduction reduction = Reduction.Mean) =>
                Tensor.Wrap(nt_kl_div(input.H, target.H, log_target, (long)reduction));

            public static Tensor mse_loss(Tensor input, Tensor target, Reduction reduction = Reduction.Mean) =>
                Tensor.Wrap(nt_mse_loss(input.H, target.H, (long)reduction));

            public static Tensor l1_loss(Tensor input, Tensor target, Reduction reduction = Reduction.Mean) =>
                Tensor.Wrap(nt_l1_loss(input.H, target.H, (long)reduction));

            public static Tensor smooth_l1_loss(Tensor input, Tensor target, Reduction reduction = Reduction.Mean, double beta = 1.0) =>
                Tensor.Wrap(nt_smooth_l1_loss(input.H, target.H, (long)reduction, beta));

            public static Tensor binary_cross_entropy_with_logits(Tensor input, Tensor target, Tensor? weight = null,
                Reduction reduction = Reduction.Mean, Tensor? pos_weights = null) =>
                Tensor.Wrap(nt_bce_with_logits(input.H, target.H, weight?.H ?? TensorHandle.None, (long)reduction,
                    pos_weights?.H ?? TensorHandle.None));
        }
    }
}
