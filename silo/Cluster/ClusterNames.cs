using Orleans.Configuration;

namespace NeuroTrails.Silo.Cluster;

/// <summary>How Orleans is told which cluster is meant.</summary>
internal static class ClusterNames
{
    /// <summary>Names the cluster. Grain state is kept under the same name: two clusters in one
    /// Redis server would else take up one another's runs.</summary>
    public static void Name(this ClusterOptions options, string cluster) => (options.ClusterId, options.ServiceId) = (cluster, cluster);
}
