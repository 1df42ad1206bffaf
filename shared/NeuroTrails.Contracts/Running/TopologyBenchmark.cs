namespace NeuroTrails.Running;

/// <summary>Asks how long one topology update of a whole network takes.</summary>
public sealed record TopologyBenchmarkRequest
{
    /// <summary>Masked weights in all, at least 1; rounded up to whole tensors of [640, 640, 3, 3].</summary>
    public required long Parameters { get; init; }

    /// <summary>Density, above 0, at most 1.</summary>
    public required double Density { get; init; }

    /// <summary>Intra-op threads, at least 1.</summary>
    public required int Threads { get; init; }

    /// <summary>Updates to time, at least 1; the shortest counts.</summary>
    public required int Repeats { get; init; }

    /// <summary>Where the tensors live. Default <c>cpu</c>.</summary>
    public string Device { get; init; } = "cpu";
}

/// <summary>How long the update took.</summary>
public sealed record TopologyBenchmarkResult
{
    /// <summary>Shortest update of all tensors, in milliseconds.</summary>
    public required double UpdateMsMin { get; init; }

    /// <summary>Masked weights as asked for.</summary>
    public required long Parameters { get; init; }

    /// <summary>Largest resident memory, in MiB.</summary>
    public required double PeakMib { get; init; }

    /// <summary>The runtime line.</summary>
    public string? Runtime { get; init; }
}
