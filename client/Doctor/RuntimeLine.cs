using NeuroTrails.Client.Cli;
using NeuroTrails.Silo;

namespace NeuroTrails.Client.Doctor;

/// <summary>The line that says which versions of the packages are in use.</summary>
internal static class RuntimeLine
{
    public static string Text()
    {
        try
        {
            return $"runtime: {RuntimeDescription.Line()}";
        }
        catch (Exception fault) when (fault is DllNotFoundException or TypeInitializationException or EntryPointNotFoundException)
        {
            return $"runtime: libtorch cannot be loaded; why: {ShellText.Command("doctor")}";
        }
    }
}
