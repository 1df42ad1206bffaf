using System.Runtime.InteropServices;

namespace TorchSharp.Native;

/// <summary>Owns one native random generator.</summary>
internal sealed class GeneratorHandle : SafeHandle
{
    /// <summary>Stands for the device's default generator in optional arguments.</summary>
    internal static readonly GeneratorHandle None = new();

    public GeneratorHandle() : base(0, ownsHandle: false) => GC.SuppressFinalize(this);

    internal GeneratorHandle(nint native) : base(0, ownsHandle: true)
    {
        if (native == 0)
        {
            throw NativeMethods.Error();
        }
        SetHandle(native);
    }

    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        NativeMethods.nt_generator_free(handle);
        return true;
    }
}
