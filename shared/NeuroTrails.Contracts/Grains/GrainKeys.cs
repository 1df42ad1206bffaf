namespace NeuroTrails.Contracts;

/// <summary>The keys of a run's grains.</summary>
public static class GrainKeys
{
    /// <summary>Key of the cluster's one <see cref="IClusterGrain"/>.</summary>
    public const string Cluster = "cluster";

    /// <summary>Key of the backbone.</summary>
    /// <param name="runId">The run.</param>
    public static string Backbone(string runId) => $"{runId}/backbone";

    /// <summary>Key of a replica of the backbone.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="replica">Index from 1; the backbone itself is 0.</param>
    public static string Replica(string runId, int replica) => $"{runId}/{ReplicaName(replica)}";

    /// <summary>Name of a replica in layouts and logs.</summary>
    /// <param name="replica">Index from 1.</param>
    public static string ReplicaName(int replica) => $"replica-{replica}";

    /// <summary>Key of a head.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="head">Index from 0.</param>
    public static string Head(string runId, int head) => $"{runId}/head-{head}";

    /// <summary>The index in a head's key.</summary>
    /// <param name="key">Key of a head.</param>
    public static int HeadIndex(string key) =>
        int.Parse(key.AsSpan(key.LastIndexOf('-') + 1), System.Globalization.CultureInfo.InvariantCulture);
}
