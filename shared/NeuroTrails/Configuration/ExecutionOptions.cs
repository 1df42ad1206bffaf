namespace NeuroTrails.Configuration;

/// <summary>Threads on the CPU. They change the order of sums, so they belong to the run and are resumed with it.</summary>
public sealed record ExecutionOptions
{
    /// <summary>Intra-op threads of the backbone, at least 1; 0 means all cores, resolved when the run starts. Default 0.</summary>
    [Allowed(AtLeast = 0, AtMost = 1024)]
    public int BackboneThreads { get; init; }

    /// <summary>Intra-op threads of each head, at least 1. Default 1: heads run side by side instead.</summary>
    [Allowed(AtLeast = 1, AtMost = 1024)]
    public int HeadThreads { get; init; } = 1;

    /// <summary>Heads that compute at the same time on a CPU, at least 1; 0 means cores divided by <see cref="HeadThreads"/>, resolved when the run starts. Changes no bits. Default 0.</summary>
    [Allowed(AtLeast = 0, AtMost = 1024)]
    public int ParallelHeads { get; init; }
}
