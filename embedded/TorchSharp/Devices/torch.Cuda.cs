using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    public static bool cuda_is_available() => cuda.is_available();

    /// <summary>NVIDIA devices.</summary>
    public static partial class cuda
    {
        public static bool is_available() => NativeMethods.nt_cuda_available() != 0;

        public static bool is_cudnn_available() => NativeMethods.nt_cudnn_available() != 0;

        public static int device_count() => NativeMethods.nt_cuda_device_count();

        public static void synchronize(Device? device = null) => NativeMethods.Ok(NativeMethods.nt_cuda_synchronize(device?.index ?? -1));
    }

    public static partial class backends
    {
        public static partial class cuda
        {
            public static partial class matmul
            {
                public static bool allow_tf32
                {
                    get => NativeMethods.nt_get_allow_tf32(true) != 0;
                    set => NativeMethods.Ok(NativeMethods.nt_set_allow_tf32(true, value));
                }
            }
        }

        public static partial class cudnn
        {
            public static bool allow_tf32
            {
                get => NativeMethods.nt_get_allow_tf32(false) != 0;
                set => NativeMethods.Ok(NativeMethods.nt_set_allow_tf32(false, value));
            }
        }
    }
}
