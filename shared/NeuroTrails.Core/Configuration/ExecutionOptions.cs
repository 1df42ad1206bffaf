namespace NeuroTrails.Configuration;

/// <summary>Threads on the CPU and what travels between silos. They change the order of sums, so
/// they belong to the run and are resumed with it.</summary>
public sealed record ExecutionOptions
{
    /// <summary>Intra-op threads of the backbone, at least 1; 0 means all cores, resolved when the run starts. Default 0.</summary>
    [Allowed(AtLeast = 0, AtMost = 1024)]
    public int BackboneThreads { get; init; }

    /// <summary>Intra-op threads of each head, at least 1; 0 means 1, or more where there are fewer heads than
    /// <see cref="BackboneThreads"/>, resolved when the run starts. Default 0.</summary>
    [Allowed(AtLeast = 0, AtMost = 1024)]
    public int HeadThreads { get; init; }

    /// <summary>Heads that compute at the same time on a CPU, at least 1; 0 means as many as keep all cores busy, resolved when the run
    /// starts. Changes no bits. Default 0.</summary>
    [Allowed(AtLeast = 0, AtMost = 1024)]
    public int ParallelHeads { get; init; }

    /// <summary>What travels between the silos of a cluster; a run in one process is the same either way. Default
    /// <see cref="Sharing.Activations"/>.</summary>
    public Sharing Share { get; init; } = Sharing.Activations;

    /// <summary>Steps between two comparisons of the backbone's replicas by hash, 1 to 1,000,000,000; before each checkpoint they are
    /// compared as well. Used where gradients are shared. Default 50.</summary>
    [Allowed(AtLeast = 1, AtMost = 1_000_000_000)]
    public int CheckReplicasEvery { get; init; } = 50;
}

/// <summary>What travels between the silos of a cluster in a training step.</summary>
public enum Sharing
{
    /// <summary>Activations and their gradients: one backbone, and the same bits for any layout.</summary>
    Activations,

    /// <summary>Gradients of the backbone's weights: each silo with heads keeps a replica of the backbone. The layout decides the order of
    /// sums, and so the last bits.</summary>
    Gradients,

    /// <summary>Whichever sends fewer bytes a step in the layout that the run begins with; decided
    /// once, when the run is submitted.</summary>
    Auto,
}
