using NeuroTrails.Memory;

namespace NeuroTrails.Execution;

/// <summary>What a process that computes with libtorch sets up before its first tensor.</summary>
internal static class TorchProcess
{
    // Sets the native environment, the allocator of CPU tensors, and which kernels are left alone; a second call changes nothing.
    public static void Prepare()
    {
        NativeEnvironment.Prepare();
        CpuAllocator.Install();
        Nnpack.Disable();
    }
}
