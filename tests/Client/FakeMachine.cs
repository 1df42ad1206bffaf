using System.Diagnostics;
using NeuroTrails.Tests.House;

namespace NeuroTrails.Tests.Client;

/// <summary>
/// A copy of the launcher in a folder of its own, on a machine whose dotnet and cmake only write down what they are asked: what the launcher decides can be
/// tried in a moment, without building anything.
/// </summary>
internal sealed class FakeMachine : IDisposable
{
    private const string Dotnet = """
        #!/usr/bin/env bash
        echo "$*" >>"$FAKE_LOG"
        case $1 in
          --version) echo 10.0.100 ;;
          restore)
            for package in $(grep -o 'Include="[^"]*"' probe.csproj | cut -d '"' -f 2); do
              [[ " $FAKE_FEED " == *" $package "* ]] || { echo "probe.csproj : error NU1101: Unable to find package $package. [probe.csproj]"; exit 1; }
            done ;;
          build)
            for name in Client Tests; do
              folder="artifacts/orleans-${OrleansVersion-stand-in}_torchsharp-${FAKE_TORCH-stand-in}_console-${OpenTelemetryVersion-stand-in}/bin/NeuroTrails.$name/release"
              mkdir -p "$folder" && touch "$folder/NeuroTrails.$name.dll"
            done ;;
          *Client.dll) shift; [ "$1" = doctor ] && echo "runtime: fake" || echo "client in $(pwd): $*"; exit "${FAKE_EXIT:-0}" ;;
          *Tests.dll) cat "$FAKE_TESTS"; exit "${FAKE_EXIT:-0}" ;;
        esac
        """;

    private const string Cmake = """
        #!/usr/bin/env bash
        echo "cmake $*" >>"$FAKE_LOG"
        [ "$1" = --build ] && mkdir -p "$2" && touch "$2/libneurotrails_torch.so"
        exit 0
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("neurotrails launcher ").FullName;

    public FakeMachine()
    {
        Root = Path.Combine(_folder, "a clone");
        var source = Repository.Root();
        foreach (var file in Directory.EnumerateFiles(Path.Combine(source, "eng", "launcher")).Append(Path.Combine(source, "eng", "Flavours.props")).Append(Path.Combine(source, "neurotrails")))
        {
            var copy = Path.Combine(Root, Path.GetRelativePath(source, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        foreach (var room in new[] { "shared", "grains", "silo", "client", "samples", "embedded", "tests" })
        {
            Directory.CreateDirectory(Path.Combine(Root, room));
        }

        Executable("bin/dotnet", Dotnet);
        Executable("bin/cmake", Cmake);
        Executable("bin/make", "#!/bin/sh\n");
        Executable("bin/g++", "#!/bin/sh\n");
        foreach (var file in new[] { "torch/include/ATen/ATen.h", "torch/lib/libtorch_cpu.so", "torch/lib/libc10.so" })
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(_folder, file))!);
            File.WriteAllText(Path.Combine(_folder, file), string.Empty);
        }

        Variables["TORCH_DIR"] = Path.Combine(_folder, "torch");
        Variables["FAKE_LOG"] = Path.Combine(_folder, "log");
        Variables["FAKE_TESTS"] = Path.Combine(_folder, "tests.txt");
        Variables["FAKE_FEED"] = string.Empty;
        Variables["DOTNET_ROOT"] = Path.Combine(_folder, "bin");
        Variables["HOME"] = _folder;
        Variables["PATH"] = $"{Path.Combine(_folder, "bin")}:{Environment.GetEnvironmentVariable("PATH")}";
    }

    public string Root { get; }

    public string Outside => _folder;

    public Dictionary<string, string> Variables { get; } = [];

    /// <summary>What dotnet and cmake were asked since the last look.</summary>
    public IReadOnlyList<string> TakeLog()
    {
        var log = Variables["FAKE_LOG"];
        var lines = File.Exists(log) ? File.ReadAllLines(log) : [];
        File.Delete(log);
        return lines;
    }

    public void SetTestOutput(string text) => File.WriteAllText(Variables["FAKE_TESTS"], text);

    public Task<(int Code, string Output, string Error)> RunAsync(params string[] args) => RunAsync(Path.Combine(Root, "neurotrails"), args);

    public async Task<(int Code, string Output, string Error)> RunAsync(string launcher, string[] args)
    {
        var start = new ProcessStartInfo(launcher, args) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = _folder };
        foreach (var inherited in new[] { "OrleansFrom", "OrleansVersion", "TorchSharpFrom", "TorchSharpVersion", "ConsoleExporterFrom", "OpenTelemetryVersion", "NEUROTRAILS_NATIVE", "OMP_WAIT_POLICY" })
        {
            start.Environment.Remove(inherited);
        }

        foreach (var (name, value) in Variables)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output, await error);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private void Executable(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }
}
