namespace NeuroTrails.Silo.Cluster.Postgres;

/// <summary>Where the cluster keeps its membership and its grains' state, and how long an absent server is waited for.</summary>
public sealed class PostgresOptions
{
    /// <summary>What <c>--postgres</c> gave, such as <c>Host=db;Username=neurotrails;Password=…;Database=neurotrails</c>. No default.</summary>
    public string ConnectionString { get; set; } = "";

    /// <summary>How long the first connection is tried before the user is told that there is no server. Default 10 s; zero tries once.</summary>
    public TimeSpan FirstContact { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long an operation is repeated while the server restarts. Default 30 s; zero never repeats.</summary>
    public TimeSpan RetryFor { get; set; } = TimeSpan.FromSeconds(30);
}
