using System.Reflection;
using TorchSharp;

namespace NeuroTrails.Silo;

/// <summary>Says which versions of the packages this build computes with.</summary>
internal static class RuntimeDescription
{
    // One line: orleans 10.4.2, torchsharp 0.107.0, libtorch 2.10.0, opentelemetry 1.20.1. Loads libtorch.
    public static string Line() =>
        $"orleans {Version(typeof(Grain))}, torchsharp {Version(typeof(torch))}, libtorch {torch.__version__}, "
        + $"opentelemetry {Version(typeof(OpenTelemetry.Exporter.ConsoleExporterOptions))}";

    // The version alone, without the commit: "0.107.0+abc", "10.4.2. Commit Hash: abc".
    private static string Version(Type type) =>
        (type.Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown")
            .Split('+', ' ')[0]
            .TrimEnd('.');
}
