using NeuroTrails.Contracts;
using NeuroTrails.Running;

namespace NeuroTrails.Tests.Client;

/// <summary>A cluster that does nothing but remember what it was asked, and answers what it was told to.</summary>
internal sealed class FakeCluster : IClusterEngine
{
    public List<object> Asked { get; } = [];

    public List<ClusterAddress> Addresses { get; } = [];

    public TrainResult Result { get; set; } = new(TrainOutcome.Finished, 100, 100, FakeEngine.Summary);

    public RunSnapshot Snapshot { get; set; } = new(RunPhase.Stopped, 7, [], 1250, null, null);

    public OwnerLocation[] Layout { get; set; } = [];

    public ClusterOverview Overview { get; set; } = new([], []);

    public Exception? Fault { get; set; }

    public Func<CancellationToken, Task>? Meanwhile { get; set; }

    public async Task RunSiloAsync(SiloRequest request, Action<string> notice, CancellationToken stop)
    {
        Asked.Add(request);
        notice($"silo {request.Name} is up");
        await Done(stop);
    }

    public Task<TrainResult> TrainAsync(
        ClusterAddress cluster,
        RunSubmission submission,
        IProgress<RunUpdate> updates,
        CancellationToken leave
    )
    {
        Asked.Add(submission);
        return Follow(cluster, updates, leave);
    }

    public Task<TrainResult> AttachAsync(ClusterAddress cluster, string runId, IProgress<RunUpdate> updates, CancellationToken leave)
    {
        Asked.Add(runId);
        return Follow(cluster, updates, leave);
    }

    public async Task<WireBenchmarkResult> BenchmarkWireAsync(ClusterAddress cluster, WireBenchmarkRequest request, CancellationToken stop)
    {
        Addresses.Add(cluster);
        Asked.Add(request);
        await Done(stop);
        return new()
        {
            TensorBytesPerSecond = 3e9,
            PlainBytesPerSecond = 4e9,
            Ratio = 0.75,
            Bytes = (long)request.Mib << 20,
            Rounds = request.Rounds,
        };
    }

    public async Task<RunSnapshot> StopAsync(ClusterAddress cluster, string runId, CancellationToken stop)
    {
        Addresses.Add(cluster);
        Asked.Add(runId);
        await Done(stop);
        return Snapshot;
    }

    public async Task<ClusterOverview> OverviewAsync(ClusterAddress cluster, CancellationToken stop)
    {
        Addresses.Add(cluster);
        await Done(stop);
        return Overview;
    }

    public async Task<(RunSnapshot Snapshot, OwnerLocation[] Layout)> StatusAsync(
        ClusterAddress cluster,
        string runId,
        CancellationToken stop
    )
    {
        Addresses.Add(cluster);
        Asked.Add(runId);
        await Done(stop);
        return (Snapshot, Layout);
    }

    private async Task<TrainResult> Follow(ClusterAddress cluster, IProgress<RunUpdate> updates, CancellationToken leave)
    {
        Addresses.Add(cluster);
        updates.Report(new RunNotice("a part of the run was lost", Warning: true));
        await Done(leave);
        return Result;
    }

    private async Task Done(CancellationToken stop)
    {
        if (Meanwhile is not null)
        {
            await Meanwhile(stop);
        }

        if (Fault is not null)
        {
            throw Fault;
        }
    }
}
