using Orleans.Configuration;

namespace NeuroTrails.Silo.Cluster;

internal static class ClusterNames
{
    // Names the cluster. Grain state is kept under the same name: two clusters in one Redis server would else take up one another's runs.
    public static void Name(this ClusterOptions options, string cluster) => (options.ClusterId, options.ServiceId) = (cluster, cluster);
}
