namespace NeuroTrails.Running;

/// <summary>Asks how fast tensors travel from one silo of a cluster to another.</summary>
public sealed record WireBenchmarkRequest
{
    /// <summary>Largest tensor, in MiB.</summary>
    public const int MostMib = 1024;

    /// <summary>Most times that it is sent.</summary>
    public const int MostRounds = 1000;

    /// <summary>Name of the silo that sends.</summary>
    public required string From { get; init; }

    /// <summary>Name of the silo that receives.</summary>
    public required string To { get; init; }

    /// <summary>Size of the tensor, in MiB, 1 to <see cref="MostMib"/>.</summary>
    public required int Mib { get; init; }

    /// <summary>Times that it is sent, in turn with a plain copy of the same bytes, 1 to
    /// <see cref="MostRounds"/>; the medians count.</summary>
    public required int Rounds { get; init; }
}

/// <summary>How fast they travel.</summary>
[GenerateSerializer, Immutable, Alias("nt.WireBenchmarkResult")]
public sealed record WireBenchmarkResult
{
    /// <summary>A tensor message as training sends them, from torch's memory to torch's memory, in bytes a second (median).</summary>
    [Id(0)]
    public required double TensorBytesPerSecond { get; init; }

    /// <summary>The same bytes from array to array over a TCP connection of their own, in bytes a second (median).</summary>
    [Id(1)]
    public required double PlainBytesPerSecond { get; init; }

    /// <summary>The first over the second.</summary>
    [Id(2)]
    public required double Ratio { get; init; }

    /// <summary>Bytes of the tensor.</summary>
    [Id(3)]
    public required long Bytes { get; init; }

    /// <summary>Times that each was sent.</summary>
    [Id(4)]
    public required int Rounds { get; init; }
}
