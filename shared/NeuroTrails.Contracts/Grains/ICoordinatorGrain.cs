using Orleans.Concurrency;

namespace NeuroTrails.Contracts;

/// <summary>Runs a run: steps, topology cycles, checkpoints, measurements, and the way back after a fault. Key: the run.</summary>
[Alias("nt.ICoordinatorGrain")]
internal interface ICoordinatorGrain : IGrainWithStringKey
{
    // Checks a run, and starts it or goes on with it. Answers within a second or two, with Submitted where settings and data are still
    // being looked at: then the same submission, by its Id, is sent again. A coordinator elsewhere goes on with a submission whose silo has
    // died.
    [ForClients, Alias("Submit"), ResponseTimeout("00:00:05")]
    Task<SubmissionReply> Submit(RunSubmission submission);

    // Brings the coordinator to life; one whose run is under way takes it up again.
    [Alias("Ensure"), AlwaysInterleave, ResponseTimeout("00:00:10")]
    Task Ensure();

    // Silos have come or are about to go: at the next step boundary the run looks at where its owners live.
    [Alias("Reconsider"), AlwaysInterleave, ResponseTimeout("00:00:10")]
    Task Reconsider();

    [ForClients, Alias("Layout"), AlwaysInterleave]
    Task<OwnerLocation[]> Layout();

    // Where the run stands, again and again: whenever something happens, and every second where nothing does, so that silence means a
    // coordinator that is gone.
    [ForClients, Alias("Watch"), AlwaysInterleave]
    IAsyncEnumerable<RunSnapshot> Watch(long after, CancellationToken stop = default);

    // Where the run stands, and what happened since the caller last asked.
    [ForClients, Alias("Poll"), AlwaysInterleave, ResponseTimeout("00:00:05")]
    Task<RunSnapshot> Poll(long after);

    // Asks for a checkpoint and an orderly end.
    [ForClients, Alias("Stop"), AlwaysInterleave]
    Task Stop();

    // Has the owners load a checkpoint, or begin anew where none is set, without training: benchmarks then step and measure.
    [Alias("Open"), ResponseTimeout("01:00:00")]
    Task<long> Open(RunDefinition run);
}
