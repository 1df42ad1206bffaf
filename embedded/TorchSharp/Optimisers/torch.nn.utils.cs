using TorchSharp.Native;
using static TorchSharp.Native.NativeMethods;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>Helpers around parameters.</summary>
        public static class utils
        {
            /// <summary>Scales the gradients so that their common norm is at most <paramref name="max_norm"/>; returns what it was.</summary>
            public static double clip_grad_norm_(IEnumerable<Modules.Parameter> tensors, double max_norm, double norm_type = 2.0)
            {
                using TensorArguments arguments = TensorArguments.Of(tensors);
                Ok(nt_clip_grad_norm(arguments.Handles, arguments.Count, max_norm, norm_type, out double norm));
                return norm;
            }
        }
    }
}
