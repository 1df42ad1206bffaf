using System.Diagnostics;
using System.Globalization;

namespace NeuroTrails.Tests.Cluster;

/// <summary>The server's process and its folder.</summary>
internal sealed class PostgresProcess : IDisposable
{
    private const string Password = "kept; a=secret";

    // The server is told to stop through a pipe, and stops too when the pipe's other end dies: killed tests leave no server behind.
    private const string Guard = """
        "$@" & server=$!
        read -r signal || signal=INT
        kill -"$signal" $server
        wait $server
        """;

    private readonly string _binaries;
    private readonly string _folder;
    private readonly string[] _user;
    private readonly int _port;
    private Process? _process;

    private PostgresProcess(string binaries, string[] user, int port)
    {
        (_binaries, _user, _port) = (binaries, user, port);
        _folder = Directory.CreateTempSubdirectory("neurotrails-postgres-").FullName;
        if (user.Length > 0)
        {
            Run("chown", "postgres", _folder);
        }

        var password = Path.Combine(_folder, "password");
        File.WriteAllText(password, Password);
        string[] init = [.. user, Path.Combine(binaries, "initdb"), "-D", Data, "-U", "tester", "-A", "scram-sha-256",
            "--pwfile", password, "--no-sync", "--locale=C", "-E", "UTF8"];
        Run(init[0], init[1..]);
    }

    public string Connection => string.Create(CultureInfo.InvariantCulture, $"Host=127.0.0.1;Port={_port};Username=tester;Password='{Password}';Database=postgres");

    public bool HasExited => _process is null or { HasExited: true };

    private string Data => Path.Combine(_folder, "data");

    /// <summary>Makes an empty server, or says what it lacks.</summary>
    public static (PostgresProcess? Process, string? Missing) Prepare(int port)
    {
        var binaries = Binaries();
        if (binaries is null)
        {
            return (null, $"needs a PostgreSQL server: install postgresql, or name one by {PostgresServer.Variable}");
        }

        if (!Environment.IsPrivilegedProcess)
        {
            return (new(binaries, [], port), null);
        }

        // The server refuses to run as root; the package that installs it also makes this user.
        return File.ReadLines("/etc/passwd").Any(line => line.StartsWith("postgres:", StringComparison.Ordinal)) && OnPath("setpriv") is { } setpriv
            ? (new(binaries, [setpriv, "--reuid=postgres", "--regid=postgres", "--clear-groups"], port), null)
            : (null, "root cannot run PostgreSQL, and there is no user `postgres` (or no setpriv) to run it as");
    }

    public void Start()
    {
        string[] command = [.. _user, "/bin/sh", "-c", Guard, "sh", Path.Combine(_binaries, "postgres"), "-D", Data,
            "-c", "listen_addresses=127.0.0.1", "-c", $"port={_port}", "-c", $"unix_socket_directories={_folder}", "-c", "fsync=off"];
        _process?.Dispose();
        _process = Process.Start(new ProcessStartInfo(command[0], command[1..])
        {
            WorkingDirectory = _folder, RedirectStandardInput = true, RedirectStandardError = true, RedirectStandardOutput = true,
        })!;
        _process.ErrorDataReceived += (_, _) => { };
        _process.BeginErrorReadLine();
        _process.OutputDataReceived += (_, _) => { };
        _process.BeginOutputReadLine();
    }

    public async Task StopAsync(string signal)
    {
        if (_process is { HasExited: false })
        {
            await _process.StandardInput.WriteLineAsync(signal);
            _process.StandardInput.Close();
            await _process.WaitForExitAsync();
        }
    }

    public void Dispose()
    {
        _process?.Dispose();
        Directory.Delete(_folder, true);
    }

    private static string? Binaries() =>
        Directory.Exists("/usr/lib/postgresql")
            ? Directory.GetDirectories("/usr/lib/postgresql").Order().Select(version => Path.Combine(version, "bin")).LastOrDefault(bin => File.Exists(Path.Combine(bin, "initdb")))
            : Path.GetDirectoryName(OnPath("initdb"));

    private static string? OnPath(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);

    private static void Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { WorkingDirectory = "/", RedirectStandardOutput = true, RedirectStandardError = true })!;
        var errors = process.StandardError.ReadToEndAsync();
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{program}: {errors.Result}");
    }
}
