using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using NeuroTrails.Running;
using StackExchange.Redis;

namespace NeuroTrails.Tests.Cluster;

/// <summary>
/// A Redis server for tests, on a free port, which writes down each change before it answers. Use it as a class fixture, and ask it for
/// <see cref="Server"/>: where the server's program is not installed, that skips the test. Clusters of different names do not see one
/// another in it.
/// </summary>
public sealed class RedisFixture : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("neurotrails-redis-").FullName;
    private readonly int _port = FreePort();
    private readonly List<string> _settings = [];
    private Process? _process;

    /// <summary>The server; the test is skipped where there is none.</summary>
    public RedisServer Server
    {
        get
        {
            Assert.SkipWhen(_process is null, "needs a Redis server: apt-get install redis-server");
            return new(Endpoint);
        }
    }

    /// <summary>Folder for files that the server may read.</summary>
    public string Folder => _folder;

    private string Endpoint => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{_port}");

    private string Log => Path.Combine(_folder, "appendonlydir");

    public async ValueTask InitializeAsync()
    {
        if (Program() is not null)
        {
            await StartAsync();
        }
    }

    /// <summary>A connection for what tests do to the server themselves.</summary>
    public async Task<ConnectionMultiplexer> ConnectAsync() => await ConnectionMultiplexer.ConnectAsync(Endpoint + ",allowAdmin=true");

    /// <summary>Starts the server with further settings.</summary>
    public async Task RestartAsync(params string[] settings)
    {
        await StopAsync();
        _settings.AddRange(settings);
        await StartAsync();
    }

    /// <summary>Stops the server; by a crash it has no time for anything.</summary>
    public async Task StopAsync(bool crash = false)
    {
        Assert.SkipWhen(_process is null, "needs a Redis server: apt-get install redis-server");
        using (var kill = Process.Start("kill", [crash ? "-KILL" : "-TERM", _process!.Id.ToString(CultureInfo.InvariantCulture)]))
        {
            await kill.WaitForExitAsync();
        }

        await _process.WaitForExitAsync();
    }

    /// <summary>Starts the server after <see cref="StopAsync"/>, and waits until it answers.</summary>
    public async Task StartAsync()
    {
        _process?.Dispose();
        string[] arguments =
        [
            "--port",
            _port.ToString(CultureInfo.InvariantCulture),
            "--bind",
            "127.0.0.1",
            "--dir",
            _folder,
            "--appendonly",
            "yes",
            "--appendfsync",
            "always",
            "--save",
            string.Empty,
            "--logfile",
            Path.Combine(_folder, "log"),
            .. _settings,
        ];
        _process = Process.Start(
            new ProcessStartInfo(Program()!, arguments) { RedirectStandardOutput = true, RedirectStandardError = true }
        )!;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                using var probe = new TcpClient();
                await probe.ConnectAsync(IPAddress.Loopback, _port);
                return;
            }
            catch (SocketException) when (attempt < 200 && !_process.HasExited)
            {
                await Task.Delay(50);
            }
        }
    }

    /// <summary>Keeps what has been written down so far.</summary>
    public void Remember() => Copy(Log, Path.Combine(_folder, "remembered"));

    /// <summary>The server crashes, and what comes back knows nothing of what was written after <see cref="Remember"/>.</summary>
    public async Task ForgetAsync()
    {
        await StopAsync(crash: true);
        Directory.Delete(Log, recursive: true);
        Copy(Path.Combine(_folder, "remembered"), Log);
        await StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is { HasExited: false })
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process?.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static string? Program() =>
        (Environment.GetEnvironmentVariable("PATH") ?? string.Empty)
            .Split(':')
            .Select(folder => Path.Combine(folder, "redis-server"))
            .FirstOrDefault(File.Exists);

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Directory.EnumerateFiles(from))
        {
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)), overwrite: true);
        }
    }
}
