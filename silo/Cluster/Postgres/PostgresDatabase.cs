using System.Data;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace NeuroTrails.Silo.Cluster.Postgres;

/// <summary>One pool of connections for all providers of a process; every operation takes one of them, so none outlives a restart of the server.</summary>
internal sealed class PostgresDatabase : IAsyncDisposable, IDisposable
{
    private readonly PostgresOptions _options;
    private readonly NpgsqlConnectionStringBuilder _settings;
    private readonly NpgsqlDataSource _source;
    private readonly PostgresRetry _retry;
    private readonly ILogger _logger;
    private readonly SemaphoreSlim _starting = new(1);
    private readonly CancellationTokenSource _stop = new();
    private long _writer;
    private long _writes;

    public PostgresDatabase(IOptions<PostgresOptions> options, TimeProvider time, ILogger<PostgresDatabase> logger)
    {
        _options = options.Value;
        _settings = PostgresSettings.Parse(_options.ConnectionString);
        _source = NpgsqlDataSource.Create(_settings);
        _retry = new(time, logger);
        _logger = logger;
    }

    /// <summary>Makes the tables at the first call; later ones return at once.</summary>
    /// <exception cref="UserErrorException">The connection string names no server, database or user that could be used.</exception>
    public async Task ReadyAsync()
    {
        if (Volatile.Read(ref _writer) != 0)
        {
            return;
        }

        await _starting.WaitAsync(_stop.Token);
        try
        {
            if (_writer == 0)
            {
                var writer = await FirstAsync(async (connection, stop) =>
                {
                    await PostgresSchema.EnsureAsync(connection, stop);
                    return await connection.AskAsync<long>("SELECT nextval('neurotrails_writer')", stop);
                });
                _logger.Ready(_settings.Host, _settings.Port, writer);
                Volatile.Write(ref _writer, writer);
            }
        }
        finally
        {
            _starting.Release();
        }
    }

    /// <summary>The first use of the connection string: what is wrong with it is said to the user.</summary>
    /// <exception cref="UserErrorException">It names no server, database or user that could be used.</exception>
    public async Task<T> FirstAsync<T>(Func<NpgsqlConnection, CancellationToken, Task<T>> work)
    {
        try
        {
            return await _retry.RunAsync("the first connection", _options.FirstContact, stop => OnceAsync(work, stop), _stop.Token);
        }
        catch (Exception fault) when (PostgresFaults.Explain(fault, _settings) is { } explained)
        {
            throw explained;
        }
    }

    /// <summary>Runs an operation, again and again while the server is away. It must bear being carried out twice.</summary>
    public Task<T> RunAsync<T>(string what, Func<NpgsqlConnection, CancellationToken, Task<T>> work)
        => _retry.RunAsync(what, _options.RetryFor, stop => OnceAsync(work, stop), _stop.Token);

    /// <summary>
    /// A number that no other write of any process bears. When a connection breaks, nobody knows whether its last command was carried out, or will
    /// still be. A compare-and-set therefore leaves this number in the row, and finding it there on the second attempt means that the first went
    /// through: repeating is safe and gives the answer of the one write that happened. Comparing contents instead would let two writers of equal
    /// contents both believe that they had won. The upper half is drawn from a sequence of the database once a process, the lower half counts.
    /// </summary>
    public async ValueTask<long> NextWriteIdAsync()
    {
        await ReadyAsync();
        return (_writer << 32) | (uint)Interlocked.Increment(ref _writes);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _source.DisposeAsync();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _stop.Cancel();
        _source.Dispose();
    }

    private async Task<T> OnceAsync<T>(Func<NpgsqlConnection, CancellationToken, Task<T>> work, CancellationToken stop)
    {
        await using var connection = await _source.OpenConnectionAsync(stop);
        try
        {
            return await work(connection, stop);
        }
        catch (Exception fault) when (fault is ObjectDisposedException || connection.FullState.HasFlag(ConnectionState.Broken))
        {
            // The others in the pool will have broken with it; finding that out one attempt each would use up the time.
            _source.Clear();
            throw;
        }
    }
}
