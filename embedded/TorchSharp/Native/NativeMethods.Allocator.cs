using System.Runtime.InteropServices;

namespace TorchSharp.Native;

// The cache of CPU buffers: see embedded/native/src/allocator.cpp.
internal static partial class NativeMethods
{
    [LibraryImport(Lib)]
    internal static partial void nt_cpu_memory(out long used, out long cached);
    [LibraryImport(Lib)]
    internal static partial void nt_cpu_memory_release();
}
