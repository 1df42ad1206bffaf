using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NeuroTrails.Contracts;
using NeuroTrails.Execution;
using NeuroTrails.Grains.Wire;
using NeuroTrails.Running;
using NeuroTrails.Silo.Telemetry;
using NeuroTrails.Silo.Web;

namespace NeuroTrails.Silo.Cluster;

/// <summary>Silos and clients of a cluster.</summary>
/// <param name="time">Clock.</param>
/// <param name="configure">Adds or replaces a silo's services: data, networks, filters.</param>
public sealed class ClusterEngine(TimeProvider time, Action<IHostApplicationBuilder>? configure = null) : IClusterEngine
{
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(5);

    /// <inheritdoc/>
    public async Task RunSiloAsync(SiloRequest request, Action<string> notice, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(notice);
        if (request.DataFolder is { } data && !Directory.Exists(data))
        {
            throw new UserErrorException(
                $"--data {data} is no folder here. Give the folder that holds a folder for each data set, or leave --data out."
            );
        }

        foreach (var warning in await TelemetryCheck.RunAsync(TelemetryCheck.Environment(), time, stop))
        {
            notice($"warning: {warning}");
        }

        try
        {
            Directory.CreateDirectory(request.RunsFolder);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException(
                $"--runs {request.RunsFolder} cannot be made a folder: {fault.Message.TrimEnd('.')}. Give one that this user may write to.",
                fault
            );
        }

        request = request with { Devices = Offered(request.Devices) };

        // Data are read and generated on pool threads; the cluster's heartbeat must find one free at any time.
        ThreadPool.GetMinThreads(out var workers, out var ports);
        ThreadPool.SetMinThreads(Math.Max(workers, 4 * Environment.ProcessorCount), ports);
        using var log = new FileLog(Path.Combine(request.RunsFolder, $"silo-{request.Name}.log"), time);
        var silo = SiloHost.Build(
            request,
            time,
            builder =>
            {
                builder.Logging.AddProvider(log);
                configure?.Invoke(builder);
            }
        );
        var fatal = silo.Services.GetRequiredService<FatalErrors>().Raised;
        try
        {
            var tensors = silo.Services.GetRequiredService<TensorServer>();
            await silo.JoinAsync(request, time, stop);
            notice(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"silo {request.Name} of cluster {request.ClusterId}: other silos at {silo.Silo} and, for tensors, "
                        + $"{tensors.EndPoint}, clients at {silo.Gateway}, "
                        + $"devices {string.Join(", ", request.Devices)}"
                )
            );
            silo.Services.TellOfPage(notice);
            var lifetime = silo.Services.GetRequiredService<IHostApplicationLifetime>();
            using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, lifetime.ApplicationStopping);
            await ((Task)fatal).WaitAsync(either.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (fatal.IsCompleted)
            {
                // Whatever still runs is refused by everybody; the process may wait this long for it, no longer.
                _ = Task.Delay(LastWords, time, CancellationToken.None).ContinueWith(_ => Environment.Exit(1), TaskScheduler.Default);
                throw new InvalidOperationException(
                    $"Silo {request.Name} {await fatal}. silo-{request.Name}.log in the runs folder says more."
                );
            }

            notice($"silo {request.Name}: handing over and leaving");
            await silo.LeaveAsync(CancellationToken.None);
            notice(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"silo {request.Name}: left; other silos have fetched {tensors.SentBytes:N0} bytes of tensors from it"
                )
            );
            if (!stop.IsCancellationRequested)
            {
                // A service manager that restarts what failed must see that this was no wish of anybody's.
                throw new InvalidOperationException(
                    $"Silo {request.Name} stopped by itself; silo-{request.Name}.log in the runs folder says why."
                );
            }
        }
        finally
        {
            // An orderly end of one who was declared dead would wait for others who no longer answer.
            if (!fatal.IsCompleted)
            {
                silo.Drop();
            }
        }
    }

    /// <inheritdoc/>
    public async Task<TrainResult> TrainAsync(
        ClusterAddress cluster,
        RunSubmission submission,
        IProgress<RunUpdate> updates,
        CancellationToken leave
    )
    {
        ArgumentNullException.ThrowIfNull(submission);
        ArgumentNullException.ThrowIfNull(updates);
        await using var connection = await ClusterConnection.OpenAsync(cluster, time, leave);
        var run = Session(connection, submission.RunId, updates);
        try
        {
            await run.SubmitAsync(submission, leave);
        }
        catch (OperationCanceledException) when (leave.IsCancellationRequested)
        {
            // The silos may be reading the data; they begin without anybody who watches.
            return new(TrainOutcome.Left, 0, 0, null);
        }

        return await run.FollowAsync(leaves: true, leave);
    }

    /// <inheritdoc/>
    public async Task<TrainResult> AttachAsync(ClusterAddress cluster, string runId, IProgress<RunUpdate> updates, CancellationToken leave)
    {
        ArgumentNullException.ThrowIfNull(updates);
        await using var connection = await ClusterConnection.OpenAsync(cluster, time, leave);
        await Known(connection, runId, leave);
        return await Session(connection, runId, updates).FollowAsync(leaves: true, leave);
    }

    /// <inheritdoc/>
    public async Task<RunSnapshot> StopAsync(ClusterAddress cluster, string runId, CancellationToken stop)
    {
        await using var connection = await ClusterConnection.OpenAsync(cluster, time, stop);
        await Known(connection, runId, stop);
        return await Session(connection, runId, new Progress<RunUpdate>()).StopAsync(stop);
    }

    /// <inheritdoc/>
    public async Task<ClusterOverview> OverviewAsync(ClusterAddress cluster, CancellationToken stop)
    {
        await using var connection = await ClusterConnection.OpenAsync(cluster, time, stop);
        return await Overview(connection, stop);
    }

    /// <inheritdoc/>
    public async Task<(RunSnapshot Snapshot, OwnerLocation[] Layout)> StatusAsync(
        ClusterAddress cluster,
        string runId,
        CancellationToken stop
    )
    {
        await using var connection = await ClusterConnection.OpenAsync(cluster, time, stop);
        var snapshot = await Known(connection, runId, stop);
        return (snapshot, await Calls().Ask(() => connection.Coordinator(runId).Layout(), $"places of run '{runId}'", stop));
    }

    /// <inheritdoc/>
    public async Task<WireBenchmarkResult> BenchmarkWireAsync(ClusterAddress cluster, WireBenchmarkRequest request, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(request);
        await using var connection = await ClusterConnection.OpenAsync(cluster, time, stop);
        var members = (await Overview(connection, stop)).Members;
        foreach (var (name, option) in new[] { (request.To, "--to"), (request.From, "--from") })
        {
            var member =
                Array.Find(members, member => member.Name == name)
                ?? throw new UserErrorException(
                    $"The cluster has no silo '{name}'. Its silos: "
                        + $"{string.Join(", ", members.Select(member => member.Name).Order(StringComparer.Ordinal))}. Change {option}."
                );
            await connection.Grains.GetGrain<IWireProbeGrain>(member.Silo).Begin();
        }

        var (from, to) = (members.Single(member => member.Name == request.From), members.Single(member => member.Name == request.To));
        return await connection.Grains.GetGrain<IWireProbeGrain>(from.Silo).Measure(to.Silo, (long)request.Mib << 20, request.Rounds);
    }

    // A node offers all it has unless told otherwise, unlike a run in one process, which takes one device.
    private static IReadOnlyList<string> Offered(IReadOnlyList<string> asked)
    {
        var names = string.Join(',', asked).Replace("cpu:0", "cpu", StringComparison.Ordinal);
        return names == "auto" && TorchSharp.torch.cuda.is_available()
            ?
            [
                .. Enumerable
                    .Range(0, TorchSharp.torch.cuda.device_count())
                    .Select(index => string.Create(CultureInfo.InvariantCulture, $"cuda:{index}")),
            ]
            : TorchDevices.Resolve(names);
    }

    private GrainCalls Calls() => new(null, time);

    private RunSession Session(ClusterConnection connection, string runId, IProgress<RunUpdate> updates) =>
        new(connection.Coordinator(runId), runId, updates, new(updates, time), time);

    private Task<ClusterOverview> Overview(ClusterConnection connection, CancellationToken stop) =>
        Calls().Ask(connection.Cluster.Overview, "the cluster's silos", stop);

    private async Task<RunSnapshot> Known(ClusterConnection connection, string runId, CancellationToken stop)
    {
        var snapshot = await Calls().Ask(() => connection.Coordinator(runId).Poll(0), $"word of run '{runId}'", stop);
        if (snapshot.Phase != RunPhase.Idle)
        {
            return snapshot;
        }

        var runs = (await Overview(connection, stop)).Runs;
        throw new UserErrorException(
            $"The cluster knows no run '{runId}'. Under way: {(runs.Length == 0 ? "none" : string.Join(", ", runs))}."
        );
    }
}
