using NeuroTrails.Configuration;
using NeuroTrails.Data;
using NeuroTrails.Running;
using NeuroTrails.Training;

namespace NeuroTrails.Contracts;

/// <summary>A run to be driven.</summary>
/// <param name="RunId">Its name in the cluster.</param>
/// <param name="Folder">Absolute path of its folder, reachable from every silo.</param>
/// <param name="Options">The resolved <c>config.yaml</c>.</param>
/// <param name="Data">Shape and size of the training split.</param>
/// <param name="CheckpointStep">Step of the committed checkpoint to go on from; absent to start anew.</param>
[GenerateSerializer, Immutable, Alias("nt.RunDefinition")]
internal sealed record RunDefinition(string RunId, string Folder, string Options, DataDescription Data, long? CheckpointStep);

/// <summary>What owners need to know of the data.</summary>
/// <param name="Channels">Channels of a sample.</param>
/// <param name="Height">Rows of a sample; 1 for vectors.</param>
/// <param name="Width">Columns of a sample; 1 for vectors.</param>
/// <param name="Classes">Number of classes.</param>
/// <param name="TrainingSamples">Samples in the training split.</param>
/// <param name="ValidationSamples">Samples in the validation split; 0 where there is none.</param>
/// <param name="TestSamples">Samples in the test split.</param>
/// <param name="Record">What the run was made from, the text of its <c>data.json</c>; absent for runs of older versions.</param>
/// <param name="IsText">Whether samples are windows of tokens, <paramref name="Width"/> each, and classes the vocabulary.</param>
[GenerateSerializer, Immutable, Alias("nt.DataDescription")]
internal sealed record DataDescription(
    int Channels,
    int Height,
    int Width,
    int Classes,
    int TrainingSamples,
    int ValidationSamples,
    int TestSamples,
    string? Record = null,
    bool IsText = false
)
{
    // The split that results are of: test where there is one, else validation, else train.
    public string ResultSplit =>
        TestSamples > 0 ? "test"
        : ValidationSamples > 0 ? "validation"
        : "train";

    public string ResultSplitOf(EvaluationOptions options) => (options.Test ? this : this with { TestSamples = 0 }).ResultSplit;

    public int Samples(string split) =>
        split switch
        {
            "test" => TestSamples,
            "validation" => ValidationSamples,
            _ => TrainingSamples,
        };

    public DataShape ToShape()
    {
        var record = Record is null ? null : DataRecordFile.Read(Record, "data.json");
        return new(IsText ? SampleShape.Tokens(Width) : new(Channels, Height, Width), Classes, TrainingSamples)
        {
            ValidationSamples = ValidationSamples,
            Normalisation = record?.Normalisation,
            ClassCounts = record?.Train.ClassCounts,
        };
    }

    public static DataDescription Of(DataRecord record) =>
        new(
            record.Shape[0],
            record.Shape[1],
            record.Shape[2],
            record.Classes,
            record.Train.Samples,
            record.Validation?.Samples ?? 0,
            record.Test?.Samples ?? 0,
            DataRecordFile.Write(record),
            record.IsText
        );
}

/// <summary>Asks a cluster to train.</summary>
/// <param name="RunId">Name of the run: its folder under the runs folder of every silo.</param>
/// <param name="Options">The run's settings as YAML, validated, not yet resolved; empty to go on with a run by its own.</param>
/// <param name="MayExist">Whether a run of that name may be there already, and is then gone on with.</param>
/// <param name="Pins">Owners that must live in a certain place: <c>head0=a/cuda:0</c>, <c>backbone=b</c>.</param>
/// <param name="Rebalance">Whether owners move when silos join.</param>
/// <param name="AllowChangedData">Whether a run goes on with data that are not those it was started with.</param>
/// <param name="Changes">Of a run that is gone on with by its own settings: those that shall change, as <c>path=value</c>.</param>
/// <param name="InitFrom">Folder of a run whose last weights a new run starts from, or of one of
/// its checkpoints; or a file of weights; only in a process of its own.</param>
/// <param name="Id">Equal for one submission that is sent again because its answer did not come.</param>
[GenerateSerializer, Immutable, Alias("nt.RunSubmission")]
public sealed record RunSubmission(
    string RunId,
    string Options,
    bool MayExist,
    string[] Pins,
    bool Rebalance,
    bool AllowChangedData = false,
    string[]? Changes = null,
    string? InitFrom = null,
    string? Id = null
)
{
    /// <summary>Whether settings shall change.</summary>
    public bool ChangesSettings => Changes is { Length: > 0 };
}

/// <summary>What became of a submission.</summary>
/// <param name="Phase">Phase of the run; <see cref="RunPhase.Finished"/> where it had been finished before,
/// <see cref="RunPhase.Submitted"/> while it is looked at.</param>
/// <param name="Refusal">Why it was not accepted, for the user to put right; absent where it was.</param>
[GenerateSerializer, Immutable, Alias("nt.SubmissionReply")]
internal sealed record SubmissionReply(RunPhase Phase, string? Refusal = null);

/// <summary>Phases of a run.</summary>
[GenerateSerializer, Alias("nt.RunPhase")]
public enum RunPhase
{
    /// <summary>Nothing was started.</summary>
    Idle,

    /// <summary>Under way.</summary>
    Running,

    /// <summary>All steps done, measured, written.</summary>
    Finished,

    /// <summary>Ended early by request; the newest checkpoint holds the last step.</summary>
    Stopped,

    /// <summary>Ended by a fault that could not be repaired.</summary>
    Failed,

    /// <summary>Submitted; settings and data are being looked at.</summary>
    Submitted,
}

/// <summary>Where a run stands.</summary>
/// <param name="Phase">Running, finished, stopped or failed.</param>
/// <param name="Sequence">Sequence number of the newest update.</param>
/// <param name="Updates">What happened since, oldest first.</param>
/// <param name="Step">Steps applied.</param>
/// <param name="Failure">Why and where the run failed; null where it did not.</param>
/// <param name="Summary">The figures of the finished run.</param>
/// <param name="Waiting">What the run waits for, for a person; null where it waits for nothing.</param>
[GenerateSerializer, Immutable, Alias("nt.RunSnapshot")]
public sealed record RunSnapshot(
    RunPhase Phase,
    long Sequence,
    RunUpdate[] Updates,
    long Step,
    RunFailure? Failure,
    RunSummary? Summary,
    string? Waiting = null
)
{
    /// <summary>Whether there is more to come.</summary>
    public bool IsUnderWay => Phase is RunPhase.Running or RunPhase.Submitted;
}
