using TorchSharp.Native;

namespace TorchSharp;

/// <summary>The tensor library: the part of TorchSharp's public API that NeuroTrails uses, over an installed libtorch.</summary>
public static partial class torch
{
    private static ScalarType defaultType = ScalarType.Float32;
    private static Device defaultDevice = new(DeviceType.CPU);

    /// <summary>The version of the libtorch underneath.</summary>
    public static string __version__ => NativeMethods.Version;

    public static ScalarType get_default_dtype() => defaultType;

    public static void set_default_dtype(ScalarType dtype) => defaultType = dtype;

    public static Device get_default_device() => defaultDevice;

    public static void set_default_device(Device device) => defaultDevice = device;

    public static int get_num_threads()
    {
        NativeMethods.Ok(NativeMethods.nt_get_num_threads(out int n));
        return n;
    }

    /// <summary>Intra-op threads, of the calling thread's own OpenMP setting too.</summary>
    public static void set_num_threads(int num) => NativeMethods.Ok(NativeMethods.nt_set_num_threads(num));

    public static int get_num_interop_threads()
    {
        NativeMethods.Ok(NativeMethods.nt_get_num_interop_threads(out int n));
        return n;
    }

    public static void set_num_interop_threads(int num) => NativeMethods.Ok(NativeMethods.nt_set_num_interop_threads(num));

    public static bool TryInitializeDeviceType(DeviceType deviceType) =>
        deviceType switch { DeviceType.CPU => true, DeviceType.CUDA => cuda.is_available(), _ => false };

    public static void InitializeDeviceType(DeviceType deviceType)
    {
        if (!TryInitializeDeviceType(deviceType))
        {
            throw new InvalidOperationException($"Torch device type {deviceType} did not initialise on the current machine.");
        }
    }

    public static Device InitializeDevice(Device? device) => device ?? defaultDevice;
}
