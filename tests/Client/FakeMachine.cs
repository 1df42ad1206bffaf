using System.Diagnostics;
using NeuroTrails.Tests.House;

namespace NeuroTrails.Tests.Client;

/// <summary>
/// A copy of the launcher in a folder of its own, on a machine whose dotnet only writes down what it is asked: what the launcher decides
/// can be tried in a moment, without building anything.
/// </summary>
internal sealed class FakeMachine : IDisposable
{
    private const string Dotnet = """
        #!/usr/bin/env bash
        echo "$*" >>"$FAKE_LOG"
        artifacts=artifacts/${FAKE_BACKEND-}
        for word in "$@"; do case $word in -p:ArtifactsPath=*) artifacts=${word#*=}/ ;; esac; done
        case $1 in
          restore) exit "${FAKE_RESTORE:-0}" ;;
          build)
            [ -z "${FAKE_BUILD-}" ] || { echo "x.cs(1,1): error"; exit "$FAKE_BUILD"; }
            folder="${artifacts}bin/NeuroTrails.Client/release"
            mkdir -p "$folder" && touch "$folder/NeuroTrails.Client.dll" ;;
          *Client.dll) [ -z "${FAKE_SHOW-}" ] || echo "called as $NEUROTRAILS_LAUNCHER"; shift; echo "client in $(pwd): $*"; exit "${FAKE_EXIT:-0}" ;;
          test) exit "${FAKE_EXIT:-0}" ;;
        esac
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("neurotrails launcher ").FullName;
    private string[] _before = [];

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
        Directory.CreateDirectory(Path.Combine(Root, "docs"));
        File.Copy(Path.Combine(Repository.Root(), "docs", "command-line.md"), Path.Combine(Root, "docs", "command-line.md"));
        Directory.CreateDirectory(Path.Combine(_folder, "bin"));
        var dotnet = Path.Combine(_folder, "bin", "dotnet");
        File.WriteAllText(dotnet, Dotnet);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(dotnet, (UnixFileMode)0b111_101_101);
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

    /// <summary>From now on commands are another user's, who has a home here and may write nowhere else.</summary>
    public void BecomeAnother()
    {
        var home = Directory.CreateDirectory(Path.Combine(_folder, "home")).FullName;
        (Variables["HOME"], Variables["FAKE_LOG"]) = (home, Path.Combine(home, "log"));
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Users and their rights are tried on Unix.");
        }
        else if (Environment.UserName == "root")
        {
            // Rights mean nothing to root, who can at least be somebody else.
            File.SetUnixFileMode(_folder, (UnixFileMode)0b111_101_101);
            File.SetUnixFileMode(home, (UnixFileMode)0b111_111_111);
            _before = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"];
        }
        else
        {
            foreach (var folder in Directory.EnumerateDirectories(Root, "*", SearchOption.AllDirectories).Append(Root))
            {
                File.SetUnixFileMode(folder, (UnixFileMode)0b101_101_101);
            }
        }
    }

    public Task<(int Code, string Output, string Error)> RunAsync(params string[] args) =>
        RunAsync(Path.Combine(Root, "neurotrails"), args);

    public async Task<(int Code, string Output, string Error)> RunAsync(string launcher, string[] args)
    {
        string[] command = [.. _before, launcher, .. args];
        ProcessStartInfo start = new(command[0], command[1..])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = _folder,
        };
        start.Environment.Remove("TorchBackend");
        start.Environment.Remove("XDG_CACHE_HOME");
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

    public void Dispose()
    {
        if (!OperatingSystem.IsWindows() && Directory.Exists(Root))
        {
            foreach (var folder in Directory.EnumerateDirectories(Root, "*", SearchOption.AllDirectories).Append(Root))
            {
                File.SetUnixFileMode(folder, (UnixFileMode)0b111_101_101);
            }
        }

        Directory.Delete(_folder, recursive: true);
    }
}
