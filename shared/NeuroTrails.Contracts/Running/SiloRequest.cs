namespace NeuroTrails.Running;

/// <summary>Asks for a silo in this process.</summary>
public sealed record SiloRequest
{
    /// <summary>Name of the silo, unique in its cluster; letters, digits and hyphens.</summary>
    public required string Name { get; init; }

    /// <summary>Name of the cluster: silos of another one are refused. Default <c>neurotrails</c>.</summary>
    public string ClusterId { get; init; } = "neurotrails";

    /// <summary>Devices that it offers: <c>cpu</c>, <c>cuda:0</c>; at least one.</summary>
    public required IReadOnlyList<string> Devices { get; init; }

    /// <summary>The Redis server that holds membership and state; absent for a development cluster.</summary>
    public RedisServer? Redis { get; init; }

    /// <summary>Whether it is the one silo of a process of its own: no port is opened, and state is kept in memory. Whoever runs the
    /// process may name any folder.</summary>
    public bool InProcess { get; init; }

    /// <summary>Full path of the run that a process of its own is about; absent in a cluster.</summary>
    public string? OwnRun { get; init; }

    /// <summary>Host and port of the development cluster's first silo; absent where this one is the first.</summary>
    public string? Primary { get; init; }

    /// <summary>Address that the silo listens on and is known by. Default loopback.</summary>
    public string Host { get; init; } = "127.0.0.1";

    /// <summary>Port for other silos; 0 takes a free one. Default 0.</summary>
    public int SiloPort { get; init; }

    /// <summary>Port for clients; 0 takes a free one. Default 0.</summary>
    public int GatewayPort { get; init; }

    /// <summary>Port from which other silos fetch tensors; 0 takes a free one. Default 0.</summary>
    public int TensorPort { get; init; }

    /// <summary>Port for <c>/health/live</c> and <c>/health/ready</c>, on loopback unless
    /// <see cref="Host"/> says otherwise; absent for none.</summary>
    public int? HealthPort { get; init; }

    /// <summary>The live page and what belongs to it; absent for none.</summary>
    public PageRequest? Web { get; init; }

    /// <summary>Certificate, key and authority; absent where silos and clients talk in the clear.
    /// All silos of a cluster agree on this.</summary>
    public TlsFiles? Tls { get; init; }

    /// <summary>Whether silos and clients may talk in the clear beyond loopback. Default no:
    /// without <see cref="Tls"/> such a silo does not start.</summary>
    public bool Insecure { get; init; }

    /// <summary>Folder of the runs, the same storage for every silo.</summary>
    public required string RunsFolder { get; init; }

    /// <summary>Folder that holds a folder for each data set; absent where runs generate theirs.</summary>
    public string? DataFolder { get; init; }

    /// <summary>How fast a dead silo is missed.</summary>
    public FailureDetection FailureDetection { get; init; } = new();

    /// <summary>Which metrics and spans are also printed on the console.</summary>
    public ConsoleTelemetry ConsoleTelemetry { get; init; }
}
