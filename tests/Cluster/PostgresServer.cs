using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace NeuroTrails.Tests.Cluster;

/// <summary>
/// A PostgreSQL server for tests: one of our own on a free port in a temporary folder, or the one that NEUROTRAILS_POSTGRES names.
/// Use it as a class fixture, and ask it for a database a test: where there is no server, that skips the test.
/// </summary>
public sealed class PostgresServer : IAsyncLifetime
{
    /// <summary>A connection string that replaces the server of our own.</summary>
    public const string Variable = "NEUROTRAILS_POSTGRES";

    // Shared, as several fixtures may use one server.
    private static int _made;

    private readonly ConcurrentBag<string> _databases = [];
    private PostgresProcess? _process;
    private string _connection = "";
    private string? _missing;

    public async ValueTask InitializeAsync()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } given)
        {
            _connection = given;
            return;
        }

        (_process, _missing) = PostgresProcess.Prepare(FreePort());
        if (_process is not null)
        {
            _connection = _process.Connection;
            await StartAsync();
        }
    }

    /// <summary>A new, empty database; the test is skipped where there is no server.</summary>
    public async Task<string> NewDatabaseAsync()
    {
        Assert.SkipWhen(_missing is not null, _missing ?? "");
        var name = string.Create(CultureInfo.InvariantCulture, $"test_{Environment.ProcessId}_{Interlocked.Increment(ref _made)}");
        await DoAsync($"CREATE DATABASE {name}");
        _databases.Add(name);
        return new NpgsqlConnectionStringBuilder(_connection) { Database = name }.ConnectionString;
    }

    /// <summary>Stops the server and starts it again on the same port, with the same data.</summary>
    /// <param name="crash">It stops at once, as if killed, instead of telling its clients.</param>
    public async Task RestartAsync(bool crash = false)
    {
        await StopAsync(crash);
        await StartAsync();
    }

    /// <summary>Stops the server.</summary>
    public Task StopAsync(bool crash = false)
    {
        Assert.SkipWhen(_process is null, _missing ?? $"the server that {Variable} names is not ours to stop");
        return _process!.StopAsync(crash ? "QUIT" : "INT");
    }

    /// <summary>Starts the server after <see cref="StopAsync"/>, and waits until it answers.</summary>
    public async Task StartAsync()
    {
        _process!.Start();
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await using var connection = new NpgsqlConnection(Unpooled(_connection));
                await connection.OpenAsync();
                return;
            }
            catch (NpgsqlException) when (attempt < 300 && !_process.HasExited)
            {
                await Task.Delay(100);
            }
        }
    }

    /// <summary>Runs a statement as the server's owner.</summary>
    public async Task DoAsync(string statement)
    {
        await using var connection = new NpgsqlConnection(Unpooled(_connection));
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(statement, connection);
        await command.ExecuteNonQueryAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            await _process.StopAsync("INT");
            _process.Dispose();
            return;
        }

        foreach (var name in _databases)
        {
            await DoAsync($"DROP DATABASE {name} WITH (FORCE)");
        }
    }

    // A pooled connection would be a dead one after a restart, and would keep the server from dropping its database.
    private static string Unpooled(string connection) => new NpgsqlConnectionStringBuilder(connection) { Pooling = false }.ConnectionString;

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
