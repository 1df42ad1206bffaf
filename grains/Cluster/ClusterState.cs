namespace NeuroTrails.Grains;

/// <summary>What must outlive the cluster grain's activation.</summary>
[GenerateSerializer, Alias("nt.ClusterState")]
public sealed class ClusterState
{
    /// <summary>Runs under way, in the order of their submission.</summary>
    [Id(0)]
    public List<string> Runs { get; set; } = [];
}
