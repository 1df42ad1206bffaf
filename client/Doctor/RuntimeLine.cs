namespace NeuroTrails.Client.Doctor;

/// <summary>The line that says which packages and which stand-ins are in use.</summary>
internal static class RuntimeLine
{
    /// <summary>The line, also where no libtorch can be loaded.</summary>
    public static string Text()
    {
        try
        {
            // Until the silo has landed.
            return "runtime: " + (Type.GetType("NeuroTrails.Silo.RuntimeDescription, NeuroTrails.Silo")?.GetMethod("Line")?.Invoke(null, null)
                ?? $"orleans=stand-in torchsharp=stand-in libtorch {TorchSharp.torch.__version__} console=stand-in");
        }
        catch (Exception fault) when (fault is DllNotFoundException or TypeInitializationException or EntryPointNotFoundException or System.Reflection.TargetInvocationException)
        {
            return "runtime: libtorch missing";
        }
    }
}
