namespace NeuroTrails.Running;

/// <summary>The Redis server in which the silos of a cluster meet, and which keeps what runs have agreed on.</summary>
/// <param name="Endpoint"><c>HOST:PORT</c>.</param>
public sealed record RedisServer(string Endpoint)
{
    /// <summary>User of Redis' access control; absent for its default user.</summary>
    public string? User { get; init; }

    /// <summary>Password of the user; absent where the server asks for none.</summary>
    public string? Password { get; init; }

    /// <summary>Whether the connection uses TLS.</summary>
    public bool Tls { get; init; }

    /// <summary>File with the certificates of the authority that signed the server's, PEM; absent where the system knows it.</summary>
    public string? Authority { get; init; }

    /// <summary>The server without its password, which must not be printed.</summary>
    public override string ToString() => Endpoint;
}
