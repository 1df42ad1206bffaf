using TorchSharp.Native;
using static TorchSharp.Native.NativeMethods;

namespace TorchSharp;

public static partial class torch
{
    // What automatic differentiation knows of a tensor.
    public partial class Tensor
    {
        public bool requires_grad
        {
            get => nt_requires_grad(H) != 0;
            set => Ok(nt_set_requires_grad(H, value));
        }

        /// <summary>The gradient that backward left, as a tensor of its own; null where there is none.</summary>
        public Tensor? grad
        {
            get
            {
                Ok(nt_grad(H, out nint native));
                return native == 0 ? null : new Tensor(native);
            }
            set => Ok(nt_set_grad(H, value?.H ?? TensorHandle.None));
        }

        public Tensor requires_grad_(bool requires_grad = true) => Done(nt_set_requires_grad(H, requires_grad));

        public Tensor with_requires_grad(bool requires_grad = true) => requires_grad_(requires_grad);

        public void retain_grad() => Ok(nt_retain_grad(H));

        public void backward() => backward(null);

        public void backward(IList<Tensor>? grad_tensors = null, bool retain_graph = false, bool create_graph = false,
            IList<Tensor>? inputs = null) =>
            autograd.backward([this], grad_tensors, retain_graph, create_graph, inputs);
    }
}
