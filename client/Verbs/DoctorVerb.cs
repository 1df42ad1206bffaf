using System.CommandLine;
using System.Runtime.InteropServices;
using NeuroTrails.Client.Cli;
using NeuroTrails.Client.Doctor;

namespace NeuroTrails.Client.Verbs;

/// <summary><c>doctor</c>: what this machine offers, what the program found, and what costs speed.</summary>
internal sealed class DoctorVerb : IVerb
{
    private static readonly string[] Variables =
    [
        "TORCH_DIR", "NEUROTRAILS_NATIVE", "NEUROTRAILS_DATA", "OMP_WAIT_POLICY", "OMP_NUM_THREADS", "RestoreAdditionalProjectSources",
        "OTEL_EXPORTER_OTLP_ENDPOINT",
    ];

    private readonly Option<bool> _line = new("--line") { Description = "Prints only the runtime line" };

    /// <inheritdoc/>
    public string Name => "doctor";

    /// <inheritdoc/>
    public IReadOnlyList<string> Examples { get; } = ["doctor"];

    /// <inheritdoc/>
    public Command Build(ClientHost host)
    {
        var command = new Command(Name, "Says what this machine offers and what is amiss") { _line };
        command.SetAction((parsed, _) => Failures.GuardAsync(host, null, () => Task.FromResult(Run(parsed.GetValue(_line), host))));
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
        Line(host, "system", $"{RuntimeInformation.OSDescription} {RuntimeInformation.OSArchitecture}, {RuntimeInformation.FrameworkDescription}");
        Line(host, "machine", $"{Environment.ProcessorCount} cores, {GC.GetGCMemoryInfo().TotalAvailableMemoryBytes >> 20} MiB memory");
        Line(host, "tensors", tensors.Fault ?? "work");
        Line(host, "devices", string.Join(", ", tensors.Devices));
        Line(host, "threads", tensors.Threads);
        var blas = MappedLibraries.Containing("libblas.so", "libopenblas", "libmkl_core");
        foreach (var library in MappedLibraries.Containing("libneurotrails_torch", "libLibTorchSharp", "libtorch_cpu", "libgomp").Concat(blas))
        {
            Line(host, "library", library);
        }

        foreach (var line in FeedReport.Lines())
        {
            Line(host, "feed", line);
        }

        foreach (var name in Variables.Where(name => Environment.GetEnvironmentVariable(name) is { Length: > 0 }))
        {
            Line(host, "environment", $"{name}={Environment.GetEnvironmentVariable(name)}");
        }

        foreach (var advice in Advice.For(Environment.GetEnvironmentVariable, blas))
        {
            Line(host, "advice", advice);
        }

        return tensors.Fault is null ? ExitCode.Success : ExitCode.Failure;
    }

    private static void Line(ClientHost host, string label, string text) => host.Output.WriteLine($"{label,-12}{text}");
}
