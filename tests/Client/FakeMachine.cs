using System.Diagnostics;
using NeuroTrails.Tests.House;

namespace NeuroTrails.Tests.Client;

/// <summary>
/// A copy of the launcher in a folder of its own, on a machine whose dotnet only writes down what it is asked: what the launcher decides can be tried in a
/// moment, without building anything.
/// </summary>
internal sealed class FakeMachine : IDisposable
{
    private const string Dotnet = """
        #!/usr/bin/env bash
        echo "$*" >>"$FAKE_LOG"
        case $1 in
          restore) exit "${FAKE_RESTORE:-0}" ;;
          build)
            [ -z "${FAKE_BUILD-}" ] || { echo "x.cs(1,1): error"; exit "$FAKE_BUILD"; }
            folder="artifacts/${FAKE_BACKEND-}bin/NeuroTrails.Client/release"
            mkdir -p "$folder" && touch "$folder/NeuroTrails.Client.dll" ;;
          *Client.dll) shift; echo "client in $(pwd): $*"; exit "${FAKE_EXIT:-0}" ;;
          test) exit "${FAKE_EXIT:-0}" ;;
        esac
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("neurotrails launcher ").FullName;

    public FakeMachine()
    {
        Root = Path.Combine(_folder, "a clone");
        foreach (var room in new[] { "shared", "grains", "silo", "client", "eng", "tests" })
        {
            Directory.CreateDirectory(Path.Combine(Root, room));
        }

        File.Copy(Path.Combine(Repository.Root(), "neurotrails"), Path.Combine(Root, "neurotrails"));
        File.WriteAllText(Path.Combine(Root, "Directory.Build.props"), "");
        File.WriteAllText(Path.Combine(Root, "global.json"), "");
        Directory.CreateDirectory(Path.Combine(_folder, "bin"));
        var dotnet = Path.Combine(_folder, "bin", "dotnet");
        File.WriteAllText(dotnet, Dotnet);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(dotnet, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        Variables["FAKE_LOG"] = Path.Combine(_folder, "log");
        Variables["DOTNET_ROOT"] = Path.Combine(_folder, "bin");
        Variables["HOME"] = _folder;
    }

    public string Root { get; }

    public string Outside => _folder;

    public Dictionary<string, string> Variables { get; } = [];

    /// <summary>What dotnet was asked since the last look.</summary>
    public IReadOnlyList<string> TakeLog()
    {
        var log = Variables["FAKE_LOG"];
        var lines = File.Exists(log) ? File.ReadAllLines(log) : [];
        File.Delete(log);
        return lines;
    }

    public Task<(int Code, string Output, string Error)> RunAsync(params string[] args) => RunAsync(Path.Combine(Root, "neurotrails"), args);

    public async Task<(int Code, string Output, string Error)> RunAsync(string launcher, string[] args)
    {
        ProcessStartInfo start = new(launcher, args) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = _folder };
        start.Environment.Remove("TorchBackend");
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
}
