namespace NeuroTrails.Grains;

/// <summary>What must outlive the cluster grain's activation.</summary>
[GenerateSerializer, Alias("nt.ClusterState")]
internal sealed class ClusterState
{
    [Id(0)]
    public List<string> Runs { get; set; } = [];
}
