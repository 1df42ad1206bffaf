using Orleans.Concurrency;

namespace NeuroTrails.Contracts;

/// <summary>Runs a run: steps, topology cycles, checkpoints, measurements, and the way back after a fault. Key: the run.</summary>
[Alias("nt.ICoordinatorGrain")]
public interface ICoordinatorGrain : IGrainWithStringKey
{
    /// <summary>
    /// Checks a run, and starts it or goes on with it. Answers within a second or two, with <see cref="RunPhase.Submitted"/> where settings
    /// and data are still being looked at: then the same submission, by its <see cref="RunSubmission.Id"/>, is sent again. A coordinator
    /// elsewhere goes on with a submission whose silo has died.
    /// </summary>
    /// <param name="submission">What to train.</param>
    /// <returns>The phase that the run is in, or why it was refused.</returns>
    [ForClients, Alias("Submit"), ResponseTimeout("00:00:05")]
    Task<SubmissionReply> Submit(RunSubmission submission);

    /// <summary>Brings the coordinator to life; one whose run is under way takes it up again.</summary>
    [Alias("Ensure"), AlwaysInterleave, ResponseTimeout("00:00:10")]
    Task Ensure();

    /// <summary>Silos have come or are about to go: at the next step boundary the run looks at where its owners live.</summary>
    [Alias("Reconsider"), AlwaysInterleave, ResponseTimeout("00:00:10")]
    Task Reconsider();

    /// <summary>Where the run's owners live.</summary>
    [ForClients, Alias("Layout"), AlwaysInterleave]
    Task<OwnerLocation[]> Layout();

    /// <summary>Where the run stands, again and again: whenever something happens, and every second where nothing does, so that silence
    /// means a coordinator that is gone.</summary>
    /// <param name="after">Sequence number of the last update that the caller has seen; 0 at first.</param>
    /// <param name="stop">Ends the watching.</param>
    /// <returns>Ends after a snapshot of a run that has ended, or that nobody knows.</returns>
    [ForClients, Alias("Watch"), AlwaysInterleave]
    IAsyncEnumerable<RunSnapshot> Watch(long after, CancellationToken stop = default);

    /// <summary>Where the run stands, and what happened since the caller last asked.</summary>
    /// <param name="after">Sequence number of the last update that the caller has seen; 0 at first.</param>
    [ForClients, Alias("Poll"), AlwaysInterleave, ResponseTimeout("00:00:05")]
    Task<RunSnapshot> Poll(long after);

    /// <summary>Asks for a checkpoint and an orderly end.</summary>
    [ForClients, Alias("Stop"), AlwaysInterleave]
    Task Stop();

    /// <summary>Has the owners load a checkpoint, or begin anew where none is set, without training: benchmarks then step and
    /// measure.</summary>
    /// <param name="run">The run.</param>
    /// <returns>The generation that the owners serve.</returns>
    [Alias("Open"), ResponseTimeout("01:00:00")]
    Task<long> Open(RunDefinition run);
}
