using TorchSharp.Native;
using static TorchSharp.Native.NativeMethods;

namespace TorchSharp;

public static partial class torch
{
    public static partial class autograd
    {
        /// <summary>What the forward of one application of a function leaves for its backward.</summary>
        public class AutogradContext : IDisposable
        {
            private readonly Dictionary<string, object> data = [];
            private List<Tensor> toSave = [];
            private List<Tensor> dirty = [];
            private List<Tensor> nonDifferentiable = [];
            private nint native;

            internal AutogradContext()
            {
            }

            public bool MaterializeGrads { get; private set; } = true;

            public void save_for_backward(List<Tensor> tensors) => toSave = tensors;

            public void save_data(string key, object value) => data[key] = value;

            public object? get_data(string key) => data.GetValueOrDefault(key);

            public void mark_dirty(List<Tensor> tensors) => dirty = [.. tensors];

            public void mark_non_differentiable(List<Tensor> tensors) => nonDifferentiable = [.. tensors];

            public void set_materialize_grads(bool value) => MaterializeGrads = value;

            /// <summary>The tensors that forward saved; only while backward runs.</summary>
            public List<Tensor> get_saved_variables() => [.. TensorResults.Take(nt_context_saved(native, out nint all, out int n), all, n)];

            public void Dispose()
            {
                data.Clear();
                GC.SuppressFinalize(this);
            }

            /// <summary>Lends the native context for the time of a callback.</summary>
            internal void Enter(nint context) => native = context;

            internal void Leave() => native = 0;

            /// <summary>Hands to libtorch what forward said.</summary>
            internal void Publish()
            {
                Give(toSave, nt_context_save);
                Give(dirty, nt_context_dirty);
                Give(nonDifferentiable, nt_context_non_differentiable);
                Ok(nt_context_materialize(native, MaterializeGrads));
                toSave = [];
            }

            private void Give(List<Tensor> tensors, Func<nint, ReadOnlySpan<nint>, int, int> call)
            {
                if (tensors.Count == 0)
                {
                    return;
                }
                using TensorArguments arguments = TensorArguments.Of(tensors);
                Ok(call(native, arguments.Handles, arguments.Count));
            }
        }
    }
}
