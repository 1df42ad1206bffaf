namespace NeuroTrails.Running;

/// <summary>Asks how long a training step and a prediction take.</summary>
public sealed record StepBenchmarkRequest
{
    /// <summary>The network, by the names of <c>model.name</c>.</summary>
    public required string Model { get; init; }

    /// <summary>Heads M, at least 1.</summary>
    public required int Heads { get; init; }

    /// <summary>Blocks of each head.</summary>
    public required int BlocksInHead { get; init; }

    /// <summary>Density, above 0, at most 1.</summary>
    public required double Density { get; init; }

    /// <summary>Samples a step.</summary>
    public required int Batch { get; init; }

    /// <summary>CPU threads in all, at least 1.</summary>
    public required int Threads { get; init; }

    /// <summary>Steps measured, at least 1.</summary>
    public required int Steps { get; init; }

    /// <summary>Steps before them that are not measured, at least 0.</summary>
    public required int Warmup { get; init; }

    /// <summary>Intra-op threads of each head, at least 1; 0 chooses them, as a run does. Default 0.</summary>
    public int HeadThreads { get; init; }

    /// <summary>Image height and width, in pixels. Default 32.</summary>
    public int ImageSize { get; init; } = 32;

    /// <summary>Image channels. Default 3.</summary>
    public int Channels { get; init; } = 3;

    /// <summary>Classes. Default 10.</summary>
    public int Classes { get; init; } = 10;

    /// <summary>Where to compute. Default <c>cpu</c>.</summary>
    public string Device { get; init; } = "cpu";

    /// <summary>Whether the same step of one monolithic network is measured as well. Default true.</summary>
    public bool Monolithic { get; init; } = true;
}

/// <summary>How long a step took; times in milliseconds.</summary>
public sealed record StepBenchmarkResult
{
    /// <summary>Fastest training step through the grains.</summary>
    public required double StepMsMin { get; init; }

    /// <summary>Median training step through the grains.</summary>
    public required double StepMsMedian { get; init; }

    /// <summary>Fastest prediction of a batch.</summary>
    public required double InferMsMin { get; init; }

    /// <summary>Median prediction of a batch.</summary>
    public required double InferMsMedian { get; init; }

    /// <summary>Largest resident memory, in MiB.</summary>
    public required double PeakMib { get; init; }

    /// <summary>Median step of the same network trained as one; absent where it was not asked for.</summary>
    public double? MonolithicStepMsMedian { get; init; }

    /// <summary>Processor time of the whole process during a training step through the grains, all threads together, median; says more than
    /// the clock where the machine is shared.</summary>
    public double? StepCpuMsMedian { get; init; }

    /// <summary>The same for the monolithic network; absent where it was not asked for.</summary>
    public double? MonolithicStepCpuMsMedian { get; init; }

    /// <summary>The runtime line.</summary>
    public string? Runtime { get; init; }
}
