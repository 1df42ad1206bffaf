using System.Globalization;
using System.Net.Sockets;
using System.Security.Authentication;
using NeuroTrails.Running;
using StackExchange.Redis;

namespace NeuroTrails.Silo.Cluster.Redis;

/// <summary>One connection to the cluster's Redis server. The first attempt must succeed, so that a wrong address is told at once; later it
/// is made again by itself.</summary>
internal sealed class RedisConnection : IAsyncDisposable, IDisposable
{
    // Silos judge by their clocks who has not been heard of; a bit less than the default patience with one of them.
    private static readonly TimeSpan ClockTolerance = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private readonly RedisServer _server;
    private readonly Lazy<Task<ConnectionMultiplexer>> _opened;

    public RedisConnection(RedisServer server)
    {
        _server = server;
        Options = new()
        {
            EndPoints = { Endpoints.Parse(server.Endpoint, "--redis") },
            User = server.User,
            Password = server.Password,
            Ssl = server.Tls,
            SslHost = server.Tls ? server.Endpoint[..server.Endpoint.LastIndexOf(':')].Trim('[', ']') : null,
            ClientName = "neurotrails",
            AbortOnConnectFail = true,
            ConnectTimeout = (int)Patience.TotalMilliseconds,
            AsyncTimeout = (int)Patience.TotalMilliseconds,
            SyncTimeout = (int)Patience.TotalMilliseconds,
            ConnectRetry = 0,
        };
        if (server.Authority is { } file)
        {
            if (!File.Exists(file))
            {
                throw new UserErrorException(
                    $"--redis-ca {file} is not there. Give the file with the certificates of the authority that signed the Redis "
                        + "server's, PEM."
                );
            }

            Options.TrustIssuer(file);
        }

        _opened = new(ConnectAsync);
    }

    public string Address => _server.Endpoint;

    // What Orleans' providers are given; they use the shared connection.
    public ConfigurationOptions Options { get; }

    public async Task<IConnectionMultiplexer> OpenAsync() => await _opened.Value;

    // Compares this machine's clock with the server's, which all silos of the cluster do.
    public async Task CheckClockAsync(TimeProvider time)
    {
        var connection = await OpenAsync();
        TimeSpan behind;
        try
        {
            behind = await connection.GetServers()[0].TimeAsync() - time.GetUtcNow().UtcDateTime;
        }
        catch (RedisServerException)
        {
            return; // This user may not ask for it.
        }

        if (behind.Duration() > ClockTolerance)
        {
            var seconds = behind.Duration().TotalSeconds.ToString("0", CultureInfo.InvariantCulture);
            throw new UserErrorException(
                $"This machine's clock is {seconds} s {(behind > TimeSpan.Zero ? "behind" : "ahead of")} that of the Redis server at "
                    + $"{_server}. Silos tell by their clocks who has died, so that they "
                    + $"would take this one for dead: at most {ClockTolerance.TotalSeconds.ToString(CultureInfo.InvariantCulture)} s are "
                    + "allowed. Set the clock (NTP), and start the silo again."
            );
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_opened is { IsValueCreated: true, Value.IsCompletedSuccessfully: true })
        {
            await (await _opened.Value).DisposeAsync();
        }
    }

    public void Dispose()
    {
        if (_opened is { IsValueCreated: true, Value.IsCompletedSuccessfully: true })
        {
            _opened.Value.Result.Dispose();
        }
    }

    private async Task<ConnectionMultiplexer> ConnectAsync()
    {
        try
        {
            var connection = await ConnectionMultiplexer.ConnectAsync(Options);
            await CheckUserAsync(connection);
            return connection;
        }
        catch (RedisConnectionException fault)
        {
            throw Explain(fault, await Reachable());
        }
    }

    // A password that is refused leaves the connection with the rights of the default user, where that one needs none.
    private async Task CheckUserAsync(ConnectionMultiplexer connection)
    {
        if (_server.User is not { } user)
        {
            return;
        }

        string? actual;
        try
        {
            actual = (string?)await connection.GetDatabase().ExecuteAsync("ACL", "WHOAMI");
        }
        catch (RedisServerException)
        {
            return; // This user may not ask; it is then not the default one without a password, who may.
        }

        if (actual != user)
        {
            await connection.DisposeAsync();
            throw Refused(new InvalidOperationException($"Redis takes this connection for that of user {actual}."));
        }
    }

    // The driver does not tell whether anybody was there at all.
    private async Task<string?> Reachable()
    {
        using var probe = new TcpClient();
        try
        {
            await probe.ConnectAsync((System.Net.IPEndPoint)Options.EndPoints[0]).WaitAsync(Patience);
            return null;
        }
        catch (SocketException fault)
        {
            return fault.Message;
        }
        catch (TimeoutException)
        {
            return "no answer";
        }
    }

    private UserErrorException Refused(Exception fault) =>
        new(
            $"--redis: {_server} refuses {(_server.User is { } user ? $"user '{user}'" : "the default user")} with "
                + $"{(_server.Password is null ? "no password" : "the password given")}. "
                + "Change --redis-user, and the password in NEUROTRAILS_REDIS_PASSWORD or --redis-password-file.",
            fault
        );

    private UserErrorException Explain(RedisConnectionException fault, string? unreachable)
    {
        var (causes, said) = (Causes(fault).ToList(), string.Join(' ', Causes(fault).Select(cause => cause.Message)));
        var what = _server.Tls ? $"{_server} over TLS" : _server.ToString();
        if (
            fault.FailureType == ConnectionFailureType.AuthenticationFailure
            && causes.OfType<AuthenticationException>().FirstOrDefault() is { } certificate
        )
        {
            return new(
                $"--redis: the certificate of {_server} is refused ({certificate.Message}). Give the authority that signed it by "
                    + "--redis-ca.",
                fault
            );
        }

        if (
            fault.FailureType == ConnectionFailureType.AuthenticationFailure
            || said.Contains("NOAUTH", StringComparison.Ordinal)
            || said.Contains("WRONGPASS", StringComparison.Ordinal)
        )
        {
            return Refused(fault);
        }

        var reason = unreachable ?? "who listens there does not answer as Redis does";
        return new(
            $"--redis: no Redis server answers at {what} within {Patience.TotalSeconds.ToString(CultureInfo.InvariantCulture)} s "
                + $"({reason}). Start it, or change --redis. "
                + (_server.Tls ? "Where it has no TLS, leave --redis-tls and --redis-ca out." : "Where it wants TLS, give --redis-tls."),
            fault
        );
    }

    private static IEnumerable<Exception> Causes(Exception? fault)
    {
        for (; fault is not null; fault = fault.InnerException)
        {
            yield return fault;
        }
    }
}
