namespace NeuroTrails.Running;

/// <summary>Something that happened in a run and that a person may want to see.</summary>
[GenerateSerializer, Immutable, Alias("nt.RunUpdate")]
public abstract record RunUpdate;

/// <summary>The owners are built and the first step is about to be taken.</summary>
/// <param name="StartStep">Steps done before: 0, or the checkpoint's when a run is continued.</param>
/// <param name="TotalSteps">Steps of the whole run.</param>
/// <param name="Model">The network in a few words: <c>wrn-10-2</c>.</param>
/// <param name="DataSet">Name of the data set.</param>
/// <param name="Heads">Number of heads M.</param>
/// <param name="Device">Where owners live, resolved: <c>cpu</c>, <c>cuda:0,cuda:1</c>.</param>
/// <param name="Density">Active share of the masked weights, 0 to 1.</param>
/// <param name="ActiveWeights">Active positions of all masked tensors together; norms and biases,
/// which no mask covers, are not counted.</param>
/// <param name="Weights">All positions of these tensors.</param>
/// <param name="Member">What a member of the ensemble is called.</param>
[GenerateSerializer, Immutable, Alias("nt.RunStarted")]
public sealed record RunStarted(
    long StartStep,
    long TotalSteps,
    string Model,
    string DataSet,
    int Heads,
    string Device,
    double Density,
    long ActiveWeights,
    long Weights,
    string Member = "head"
) : RunUpdate;

/// <summary>A step was applied. Sent for every step; who displays it throttles.</summary>
[GenerateSerializer, Immutable, Alias("nt.StepProgress")]
public sealed record StepProgress : RunUpdate
{
    /// <summary>Steps done, 1 to <see cref="TotalSteps"/>.</summary>
    [Id(0)]
    public required long Step { get; init; }

    /// <summary>Steps of the whole run.</summary>
    [Id(1)]
    public required long TotalSteps { get; init; }

    /// <summary>Epochs done, with the fraction of the one under way.</summary>
    [Id(2)]
    public required double Epoch { get; init; }

    /// <summary>Mean cross-entropy of each head on this step's batch, in nats [M].</summary>
    [Id(3)]
    public required IReadOnlyList<double> LossPerHead { get; init; }

    /// <summary>Training accuracy of the mean prediction on recent batches, 0 to 1; absent where it is not measured.</summary>
    [Id(4)]
    public double? Accuracy { get; init; }

    /// <summary>Active share of the masked weights, 0 to 1.</summary>
    [Id(5)]
    public required double Density { get; init; }

    /// <summary>Learning rate of this step.</summary>
    [Id(6)]
    public double LearningRate { get; init; }

    /// <summary>Steps a second, over the recent past.</summary>
    [Id(7)]
    public required double StepsPerSecond { get; init; }

    /// <summary>Estimated time to the end; absent at the start.</summary>
    [Id(8)]
    public TimeSpan? Remaining { get; init; }

    /// <summary>Topology updates since the run's start.</summary>
    [Id(9)]
    public required long TopologyUpdates { get; init; }

    /// <summary>Weights dropped since the run's start, over all owners.</summary>
    [Id(10)]
    public required long Dropped { get; init; }

    /// <summary>Positions grown since the run's start, over all owners.</summary>
    [Id(11)]
    public required long Grown { get; init; }

    /// <summary>Generation that took the step: it rises each time the run is loaded from a checkpoint.</summary>
    [Id(12)]
    public long Generation { get; init; }
}

/// <summary>The run was measured on a split while training.</summary>
/// <param name="Step">Steps done.</param>
/// <param name="Split">The split's name: <c>validation</c>.</param>
/// <param name="Accuracy">Accuracy of the ensemble, 0 to 1.</param>
/// <param name="NegativeLogLikelihood">NLL of the ensemble, in nats.</param>
/// <param name="HeadAccuracy">Accuracy of each head, 0 to 1 [M].</param>
/// <param name="CalibrationError">Expected calibration error of the ensemble, 15 equal-width bins, 0 to 1.</param>
/// <param name="Member">What a member of the ensemble is called.</param>
[GenerateSerializer, Immutable, Alias("nt.RunMeasured")]
public sealed record RunMeasured(
    long Step,
    string Split,
    double Accuracy,
    double NegativeLogLikelihood,
    IReadOnlyList<double> HeadAccuracy,
    double? CalibrationError = null,
    string Member = "head"
) : RunUpdate;

/// <summary>A measurement is under way.</summary>
/// <param name="Split">The split's name.</param>
/// <param name="Done">Samples done.</param>
/// <param name="Total">Samples of the split.</param>
/// <param name="Remaining">Estimated time to its end.</param>
[GenerateSerializer, Immutable, Alias("nt.MeasureProgress")]
public sealed record MeasureProgress(string Split, long Done, long Total, TimeSpan Remaining) : RunUpdate;

/// <summary>A checkpoint is durable.</summary>
/// <param name="Step">The step that it holds.</param>
[GenerateSerializer, Immutable, Alias("nt.CheckpointCommitted")]
public sealed record CheckpointCommitted(long Step) : RunUpdate;

/// <summary>One sentence for the person who watches.</summary>
/// <param name="Message">The sentence.</param>
/// <param name="Warning">Whether it deserves attention: a damaged checkpoint passed over, a resume on other hardware.</param>
[GenerateSerializer, Immutable, Alias("nt.RunNotice")]
public sealed record RunNotice(string Message, bool Warning = false) : RunUpdate
{
    /// <summary>Said of a run that does not know what it was made from.</summary>
    public static RunNotice OlderVersion { get; } =
        new(
            "This run is of an older version and has no data.json: how samples are prepared is found in the data as they are now, by the "
                + "rules of now (data.scale, data.limit).",
            Warning: true
        );
}
