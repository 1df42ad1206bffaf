using System.Runtime.InteropServices;

namespace NeuroTrails.Silo.Cluster;

/// <summary>
/// Asks the driver's management library, which takes no memory of the device for the answer, unlike CUDA itself. Where it is missing,
/// nobody can tell. The two libraries count devices differently, so that CUDA is asked for the device's address on the bus.
/// </summary>
internal sealed class NvidiaMemory : ICudaMemory
{
    private const int Success = 0;
    private const int AddressLength = 32;
    private readonly Dictionary<int, nint?> _handles = [];
    private readonly Lock _gate = new();
    private readonly Lazy<Libraries?> _libraries = new(Libraries.Load);

    private delegate int Initialise();

    private delegate int InitialiseCuda(uint flags);

    private delegate int GetDevice(out int device, int index);

    private delegate int GetAddress([Out] byte[] address, int length, int device);

    private delegate int GetHandle([In] byte[] address, out nint handle);

    private delegate int GetMemory(nint handle, out Memory memory);

    public long? FreeMib(int index)
    {
        lock (_gate)
        {
            if (_libraries.Value is not { } libraries)
            {
                return null;
            }

            if (!_handles.TryGetValue(index, out var handle))
            {
                _handles[index] = handle = libraries.Find(index);
            }

            return handle is { } found && libraries.GetMemory(found, out var memory) == Success ? (long)(memory.Free >> 20) : null;
        }
    }

    [StructLayout(LayoutKind.Sequential)]
    private readonly struct Memory
    {
        public readonly ulong Total;
        public readonly ulong Free;
        public readonly ulong Used;
    }

    private sealed record Libraries(GetDevice GetDevice, GetAddress GetAddress, GetHandle GetHandle, GetMemory GetMemory)
    {
        public static Libraries? Load()
        {
            try
            {
                var (cuda, management) = (NativeLibrary.Load("libcuda.so.1"), NativeLibrary.Load("libnvidia-ml.so.1"));
                return
                    Function<InitialiseCuda>(cuda, "cuInit")(0) == Success && Function<Initialise>(management, "nvmlInit_v2")() == Success
                    ? new(
                        Function<GetDevice>(cuda, "cuDeviceGet"),
                        Function<GetAddress>(cuda, "cuDeviceGetPCIBusId"),
                        Function<GetHandle>(management, "nvmlDeviceGetHandleByPciBusId_v2"),
                        Function<GetMemory>(management, "nvmlDeviceGetMemoryInfo")
                    )
                    : null;
            }
            catch (Exception fault) when (fault is DllNotFoundException or EntryPointNotFoundException or BadImageFormatException)
            {
                return null;
            }
        }

        public nint? Find(int index)
        {
            var address = new byte[AddressLength];
            return
                GetDevice(out var device, index) == Success
                && GetAddress(address, AddressLength, device) == Success
                && GetHandle(address, out var handle) == Success
                ? handle
                : null;
        }

        private static T Function<T>(nint library, string name) =>
            Marshal.GetDelegateForFunctionPointer<T>(NativeLibrary.GetExport(library, name));
    }
}
