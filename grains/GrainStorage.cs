namespace NeuroTrails.Grains;

/// <summary>Where grains keep what must outlive them.</summary>
internal static class GrainStorage
{
    // Name of the storage provider: memory in a process of its own, Redis or files in a cluster.
    public const string Name = "neurotrails";
}
