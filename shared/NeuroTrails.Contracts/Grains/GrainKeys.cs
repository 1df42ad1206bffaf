namespace NeuroTrails.Contracts;

/// <summary>The keys of a run's grains.</summary>
internal static class GrainKeys
{
    public const string Cluster = "cluster";

    public static string Backbone(string runId) => $"{runId}/backbone";

    // The backbone itself is replica 0.
    public static string Replica(string runId, int replica) => $"{runId}/{ReplicaName(replica)}";

    public static string ReplicaName(int replica) => $"replica-{replica}";

    public static string Head(string runId, int head) => $"{runId}/head-{head}";

    public static int HeadIndex(string key) =>
        int.Parse(key.AsSpan(key.LastIndexOf('-') + 1), System.Globalization.CultureInfo.InvariantCulture);
}
