using TorchSharp.Native;
using static TorchSharp.Native.NativeMethods;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>Gradients of tensors.</summary>
    public static partial class autograd
    {
        /// <summary>The gradients of the outputs by each input; null where an input was not used and that is allowed.</summary>
        public static IList<Tensor> grad(IList<Tensor> outputs, IList<Tensor> inputs, IList<Tensor>? grad_outputs = null,
            bool retain_graph = false, bool create_graph = false, bool allow_unused = false)
        {
            using TensorArguments outs = TensorArguments.Of(outputs);
            using TensorArguments ins = TensorArguments.Of(inputs);
            using TensorArguments grads = TensorArguments.Of(grad_outputs);
            return TensorResults.TakeOptional(nt_grad_of(outs.Handles, outs.Count, ins.Handles, ins.Count, grads.Handles, grads.Count,
                retain_graph, create_graph, allow_unused, out nint all, out int n), all, n)!;
        }

        public static void backward(IList<Tensor> tensors, IList<Tensor>? grad_tensors = null, bool? retain_graph = null,
            bool create_graph = false, IList<Tensor>? inputs = null)
        {
            using TensorArguments outs = TensorArguments.Of(tensors);
            using TensorArguments grads = TensorArguments.Of(grad_tensors);
            using TensorArguments ins = TensorArguments.Of(inputs);
            Ok(nt_backward(outs.Handles, outs.Count, grads.Handles, grads.Count, retain_graph ?? create_graph, create_graph, ins.Handles,
                ins.Count));
        }

        public static void backward(Tensor tensor, IList<Tensor>? grad_tensors = null, bool? retain_graph = null,
            bool create_graph = false, IList<Tensor>? inputs = null) =>
                backward([tensor], grad_tensors, retain_graph, create_graph, inputs);

        public static void backward(Tensor tensor, Tensor grad_tensor, bool? retain_graph = null,
            bool create_graph = false, IList<Tensor>? inputs = null) =>
                backward([tensor], [grad_tensor], retain_graph, create_graph, inputs);
    }
}
