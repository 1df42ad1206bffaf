using System.Runtime.InteropServices;

namespace TorchSharp.Native;

// CUDA: see embedded/native/src/cuda.cpp.
internal static partial class NativeMethods
{
    [LibraryImport(Lib)]
    internal static partial int nt_cuda_available();
    [LibraryImport(Lib)]
    internal static partial int nt_cuda_device_count();
    [LibraryImport(Lib)]
    internal static partial int nt_cudnn_available();
    [LibraryImport(Lib)]
    internal static partial int nt_cuda_synchronize(int device_index);
    [LibraryImport(Lib)]
    internal static partial int nt_cuda_memory(int device_index, out long free_bytes, out long total_bytes);
    [LibraryImport(Lib)]
    internal static partial int nt_set_allow_tf32([MarshalAs(UnmanagedType.U1)] bool cublas, [MarshalAs(UnmanagedType.U1)] bool value);
    [LibraryImport(Lib)]
    internal static partial int nt_get_allow_tf32([MarshalAs(UnmanagedType.U1)] bool cublas);
}
