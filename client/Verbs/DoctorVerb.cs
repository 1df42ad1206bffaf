using System.CommandLine;
using System.Runtime.InteropServices;
using NeuroTrails.Client.Cli;
using NeuroTrails.Client.Display;
using NeuroTrails.Client.Doctor;
using NeuroTrails.Execution;
using NeuroTrails.Memory;

namespace NeuroTrails.Client.Verbs;

internal sealed class DoctorVerb : IVerb
{
    private static readonly string[] Variables =
    [
        "NEUROTRAILS_DATA",
        "NEUROTRAILS_CLUSTER",
        CpuAllocator.Switch,
        "OMP_WAIT_POLICY",
        "OMP_NUM_THREADS",
        "LD_PRELOAD",
        "OTEL_EXPORTER_OTLP_ENDPOINT",
    ];

    private readonly Option<bool> _line = new("--line") { Description = "Prints only the runtime line" };

    public string Name => "doctor";

    public IReadOnlyList<string> Examples { get; } = ["doctor"];

    public Command Build(ClientHost host)
    {
        var command = new Command(Name, "Says what this machine offers and what is amiss") { _line };
        command.SetAction(
            (parsed, _) => Failures.GuardReadingAsync(host, parsed, () => Task.FromResult(Run(parsed.GetValue(_line), host)))
        );
        return command;
    }

    private static int Run(bool onlyLine, ClientHost host)
    {
        host.Output.WriteLine(RuntimeLine.Text());
        if (onlyLine)
        {
            return ExitCode.Success;
        }

        var tensors = TensorReport.Make();
        Line(
            host,
            "system",
            $"{RuntimeInformation.OSDescription} {RuntimeInformation.OSArchitecture}, {RuntimeInformation.FrameworkDescription}"
        );
        Line(
            host,
            "machine",
            $"{Readable.Count(Environment.ProcessorCount, "core")}, {Readable.Count(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes >> 20)} "
                + "MiB memory"
        );
        Line(host, "tensors", tensors.Fault ?? "work");
        Line(host, "devices", string.Join(", ", tensors.Devices));
        Line(host, "threads", tensors.Threads);
        foreach (var library in MappedLibraries.Containing("libLibTorchSharp", "libtorch_cpu", "libtorch_cuda", "libgomp", "libstdc++"))
        {
            Line(host, "library", library);
        }

        Line(host, "c++ library", CxxLibrary.Text());
        if (tensors.Fault is null)
        {
            CpuAllocator.Install();
            Line(host, "allocator", CpuAllocator.State);
        }

        foreach (var name in Variables.Where(name => NativeEnvironment.Read(name) is { Length: > 0 }))
        {
            Line(host, "environment", $"{name}={NativeEnvironment.Read(name)}");
        }

        foreach (var advice in Advice.For(NativeEnvironment.Read))
        {
            Line(host, "advice", advice);
        }

        return tensors.Fault is null ? ExitCode.Success : ExitCode.Failure;
    }

    private static void Line(ClientHost host, string label, string text) => host.Output.WriteLine($"{label, -12}{text}");
}
