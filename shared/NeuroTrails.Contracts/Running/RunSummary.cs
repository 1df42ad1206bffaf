using System.Diagnostics.CodeAnalysis;

namespace NeuroTrails.Running;

/// <summary>The figures of a finished run; written to <c>summary.json</c>. Accuracies are shares,
/// 0 to 1, of one split with the last weights.</summary>
[GenerateSerializer, Immutable, Alias("nt.RunSummary")]
public sealed record RunSummary : EnsembleFigures
{
    /// <summary>Nothing is known yet.</summary>
    public RunSummary() { }

    /// <summary>Begins with figures; what is required besides is set by whoever makes the summary.</summary>
    /// <param name="figures">The figures.</param>
    [SetsRequiredMembers]
    public RunSummary(EnsembleFigures figures)
        : base(figures) => (Prediction, Runtime) = (string.Empty, string.Empty);

    /// <summary>How the heads' outputs were combined: <c>probabilities</c> or <c>logits</c>.</summary>
    [Id(0)]
    public required string Prediction { get; init; }

    /// <summary>Number of heads M.</summary>
    [Id(1)]
    public required int Heads { get; init; }

    /// <summary>Active over masked weights, 0 to 1.</summary>
    [Id(2)]
    public required double Density { get; init; }

    /// <summary>Active masked weights, norms and biases.</summary>
    [Id(3)]
    public required long ActiveParameters { get; init; }

    /// <summary>Parameters were nothing masked.</summary>
    [Id(4)]
    public required long DenseParameters { get; init; }

    /// <summary>Floating-point operations of one prediction for one sample: 2 a multiply-add with an active weight.</summary>
    [Id(5)]
    public required long InferenceFlops { get; init; }

    /// <summary>Topology updates of the run.</summary>
    [Id(6)]
    public required long TopologyUpdates { get; init; }

    /// <summary>Weights dropped in all.</summary>
    [Id(7)]
    public required long Dropped { get; init; }

    /// <summary>Positions grown in all.</summary>
    [Id(8)]
    public required long Grown { get; init; }

    /// <summary>Optimiser steps.</summary>
    [Id(9)]
    public required long Steps { get; init; }

    /// <summary>Seconds spent training, over all sittings, without set-up and evaluation.</summary>
    [Id(10)]
    public required double TrainSeconds { get; init; }

    /// <summary>The runtime line: versions of the packages.</summary>
    [Id(11)]
    public required string Runtime { get; init; }

    /// <summary>Active positions of all masked tensors together, as checkpoints count them; absent
    /// in summaries of older versions.</summary>
    [Id(12)]
    public long? ActiveWeights { get; init; }

    /// <summary>All positions of the masked tensors; absent in summaries of older versions.</summary>
    [Id(13)]
    public long? Weights { get; init; }

    /// <summary>Floating-point operations of all training steps, two a multiply-add with an active weight, forward and backward; absent
    /// in summaries of older versions.</summary>
    [Id(15)]
    public double? TrainingFlops { get; init; }

    /// <summary>Largest resident memory of the process that ended the run, in MiB; absent for runs of a cluster.</summary>
    [Id(16)]
    public double? PeakMib { get; init; }

    /// <summary>Joules that all processor packages of the machine took during the training steps, whoever made them work; absent where the
    /// machine does not tell (Linux, RAPL), and for runs of a cluster.</summary>
    [Id(17)]
    public double? CpuJoules { get; init; }

    /// <summary>The split that the figures are of: <c>test</c>, or, without one, <c>validation</c> or <c>train</c>.</summary>
    [Id(14)]
    public string Split { get; init; } = "test";
}
