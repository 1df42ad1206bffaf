namespace NeuroTrails.Grains;

/// <summary>Where grains keep what must outlive them.</summary>
public static class GrainStorage
{
    /// <summary>Name of the storage provider: memory in a process of its own, Redis or files in a cluster.</summary>
    public const string Name = "neurotrails";
}
