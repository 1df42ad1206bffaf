using System.CommandLine;
using NeuroTrails.Running;

namespace NeuroTrails.Client.Verbs;

/// <summary>Options of the verbs that talk to a cluster.</summary>
internal sealed class ClusterOptions
{
    /// <summary>Environment variable that stands in for --cluster.</summary>
    public const string Variable = "NEUROTRAILS_CLUSTER";

    /// <summary>Where the cluster is.</summary>
    public Option<string?> Cluster { get; } = new("--cluster")
    {
        Description = $"The cluster: HOST:PORT of a silo's gateway, or the connection string of its PostgreSQL database; default ${Variable}",
        HelpName = "HOST:PORT|CONNECTION",
    };

    /// <summary>Its name.</summary>
    public Option<string> Id { get; } = new("--cluster-id") { Description = "Name of the cluster", HelpName = "NAME", DefaultValueFactory = _ => "neurotrails" };

    /// <summary>The cluster that was named.</summary>
    /// <exception cref="UserErrorException">None was.</exception>
    public ClusterAddress Read(ParseResult parsed) => TryRead(parsed)
        ?? throw new UserErrorException($"Say which cluster: --cluster HOST:PORT (the gateway that a silo prints when it starts) or --cluster CONNECTION (its PostgreSQL database), or set {Variable}.");

    /// <summary>The cluster that was named by the option; null where it was not given.</summary>
    public ClusterAddress? TryRead(ParseResult parsed, bool orVariable = true)
    {
        var text = parsed.GetValue(Cluster) ?? (orVariable ? Environment.GetEnvironmentVariable(Variable) : null);
        return string.IsNullOrWhiteSpace(text) ? null : new(text, parsed.GetValue(Id)!);
    }
}
