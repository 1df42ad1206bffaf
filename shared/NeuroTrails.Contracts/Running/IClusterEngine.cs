using NeuroTrails.Contracts;

namespace NeuroTrails.Running;

/// <summary>
/// What the command line asks of a cluster. Every method throws <see cref="UserErrorException"/> for what the user can put right.
/// </summary>
public interface IClusterEngine
{
    /// <summary>Is a silo until it is told to stop; then hands its owners over and leaves.</summary>
    /// <param name="request">Which silo.</param>
    /// <param name="notice">Receives lines for the person who watches.</param>
    /// <param name="stop">Asks for an orderly end.</param>
    Task RunSiloAsync(SiloRequest request, Action<string> notice, CancellationToken stop);

    /// <summary>Submits a run, then follows it.</summary>
    /// <param name="cluster">The cluster.</param>
    /// <param name="submission">What to train.</param>
    /// <param name="updates">Receives what a person may want to see.</param>
    /// <param name="leave">Leaves the run alone, which goes on: <see cref="TrainOutcome.Left"/>.</param>
    Task<TrainResult> TrainAsync(ClusterAddress cluster, RunSubmission submission, IProgress<RunUpdate> updates, CancellationToken leave);

    /// <summary>Follows a run that was submitted before.</summary>
    /// <param name="cluster">The cluster.</param>
    /// <param name="runId">The run.</param>
    /// <param name="updates">Receives what a person may want to see.</param>
    /// <param name="leave">Leaves the run alone, which goes on: <see cref="TrainOutcome.Left"/>.</param>
    Task<TrainResult> AttachAsync(ClusterAddress cluster, string runId, IProgress<RunUpdate> updates, CancellationToken leave);

    /// <summary>Asks a run for a checkpoint and an orderly end, and waits for it.</summary>
    /// <param name="cluster">The cluster.</param>
    /// <param name="runId">The run.</param>
    /// <param name="stop">Gives up waiting.</param>
    /// <returns>How the run stands then.</returns>
    Task<RunSnapshot> StopAsync(ClusterAddress cluster, string runId, CancellationToken stop);

    /// <summary>Silos and runs.</summary>
    /// <param name="cluster">The cluster.</param>
    /// <param name="stop">Gives up.</param>
    Task<ClusterOverview> OverviewAsync(ClusterAddress cluster, CancellationToken stop);

    /// <summary>Measures the way of tensors from one silo to another.</summary>
    /// <param name="cluster">The cluster.</param>
    /// <param name="request">Which silos, how many bytes.</param>
    /// <param name="stop">Gives up.</param>
    Task<WireBenchmarkResult> BenchmarkWireAsync(ClusterAddress cluster, WireBenchmarkRequest request, CancellationToken stop);

    /// <summary>Where a run stands and where its owners live.</summary>
    /// <param name="cluster">The cluster.</param>
    /// <param name="runId">The run.</param>
    /// <param name="stop">Gives up.</param>
    Task<(RunSnapshot Snapshot, OwnerLocation[] Layout)> StatusAsync(ClusterAddress cluster, string runId, CancellationToken stop);
}
