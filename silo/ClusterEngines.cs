#if !ORLEANS_PACKAGE
using NeuroTrails.Contracts;
#endif
using NeuroTrails.Running;

namespace NeuroTrails.Silo;

/// <summary>Clusters need the Orleans packages; a build on the stand-in says so.</summary>
public static class ClusterEngines
{
    /// <summary>The cluster engine of this build.</summary>
    /// <param name="time">Clock.</param>
    public static IClusterEngine Create(TimeProvider time) =>
#if ORLEANS_PACKAGE
        new Cluster.ClusterEngine(time);
#else
        new Unavailable();

    private sealed class Unavailable : IClusterEngine
    {
        public Task RunSiloAsync(SiloRequest request, Action<string> notice, CancellationToken stop) => throw Explained();

        public Task<TrainResult> TrainAsync(ClusterAddress cluster, RunSubmission submission, IProgress<RunUpdate> updates, CancellationToken leave) => throw Explained();

        public Task<TrainResult> AttachAsync(ClusterAddress cluster, string runId, IProgress<RunUpdate> updates, CancellationToken leave) => throw Explained();

        public Task<RunSnapshot> StopAsync(ClusterAddress cluster, string runId, CancellationToken stop) => throw Explained();

        public Task<ClusterOverview> OverviewAsync(ClusterAddress cluster, CancellationToken stop) => throw Explained();

        public Task<WireBenchmarkResult> BenchmarkWireAsync(ClusterAddress cluster, WireBenchmarkRequest request, CancellationToken stop) => throw Explained();

        public Task<(RunSnapshot Snapshot, OwnerLocation[] Layout)> StatusAsync(ClusterAddress cluster, string runId, CancellationToken stop) => throw Explained();

        private static UserErrorException Explained() => new(
            "This build uses the stand-in for Orleans, which is one process and no cluster. Build with the packages: OrleansFrom=package ./neurotrails build (docs/compatibility.md).");
    }
#endif
}
