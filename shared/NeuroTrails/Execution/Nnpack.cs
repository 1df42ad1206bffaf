using System.Runtime.InteropServices;

namespace NeuroTrails.Execution;

/// <summary>
/// Keeps libtorch from NNPACK. It offers small convolutions to that library one by one, and writes a warning each time on processors that
/// the library does not know; besides, without it the same kernels run on every processor.
/// </summary>
internal static unsafe class Nnpack
{
    // Whether this libtorch, which must be loaded, has the switch. Without it nothing is changed.
    public static bool Disable()
    {
        if (
            !NativeLibrary.TryLoad("torch_cpu", typeof(Nnpack).Assembly, null, out var library)
            || !NativeLibrary.TryGetExport(library, "_ZN2at13globalContextEv", out var context)
            || !NativeLibrary.TryGetExport(library, "_ZN2at7Context20setUserEnabledNNPACKEb", out var set)
        )
        {
            return false;
        }

        ((delegate* unmanaged<void*, byte, void>)set)(((delegate* unmanaged<void*>)context)(), 0);
        return true;
    }
}
