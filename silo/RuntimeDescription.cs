using System.Reflection;
using TorchSharp;

namespace NeuroTrails.Silo;

/// <summary>Says which packages and stand-ins this build uses, and which libtorch it found.</summary>
public static class RuntimeDescription
{
    /// <summary>One line: <c>orleans=package 10.4.2 torchsharp=stand-in libtorch 1.13.1 console=stand-in</c>.</summary>
    public static string Line() => $"orleans={Orleans()} torchsharp={Tensors()} libtorch {torch.__version__} console={Console()}";

    private static string Orleans() =>
#if ORLEANS_PACKAGE
        Package(typeof(Grain));
#else
        "stand-in";
#endif

    private static string Tensors() =>
#if TORCHSHARP_PACKAGE
        Package(typeof(torch));
#else
        "stand-in";
#endif

    private static string Console() =>
#if CONSOLE_EXPORTER_PACKAGE
        Package(typeof(OpenTelemetry.Exporter.ConsoleExporterOptions));
#else
        "stand-in";
#endif

    // The version alone, without the commit: "0.106.0+abc", "10.4.2. Commit Hash: abc". Called only where a package is in use.
    [System.Diagnostics.CodeAnalysis.SuppressMessage("CodeQuality", "IDE0051", Justification = "Unused where every family is a stand-in.")]
    private static string Package(Type type) =>
        $"package {(type.Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown").Split('+', ' ')[0].TrimEnd('.')}";
}
