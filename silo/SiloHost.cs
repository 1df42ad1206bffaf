using System.Net;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NeuroTrails.Grains;
using NeuroTrails.Grains.Wire;
using NeuroTrails.Running;
using NeuroTrails.Silo.Cluster;
using NeuroTrails.Silo.Cluster.Files;
using NeuroTrails.Silo.Cluster.Guard;
using NeuroTrails.Silo.Cluster.Redis;
using NeuroTrails.Silo.Cluster.Tls;
using NeuroTrails.Silo.Telemetry;
using NeuroTrails.Silo.Web;
using Orleans.Configuration;
using Orleans.Runtime.Hosting;
using Orleans.Serialization;

namespace NeuroTrails.Silo;

/// <summary>
/// A silo: the node of a cluster, or the one silo of a process of its own, with the same grains and services. What differs is where its
/// members meet and where state is kept: in Redis, at the first silo and in files, or nowhere but
/// in this process, which then opens no port.
/// </summary>
public sealed class SiloHost : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private readonly IHost _host;
    private readonly bool _inProcess;
    private CancellationToken _hurry;

    private SiloHost(IHost host, bool inProcess, IPEndPoint silo, IPEndPoint? gateway) =>
        (_host, _inProcess, Silo, Gateway) = (host, inProcess, silo, gateway);

    /// <summary>Calls grains.</summary>
    public IGrainFactory Grains => _host.Services.GetRequiredService<IGrainFactory>();

    /// <summary>The silo's services.</summary>
    public IServiceProvider Services => _host.Services;

    /// <summary>Where other silos reach it; in a process of its own nobody does.</summary>
    public IPEndPoint Silo { get; }

    /// <summary>Where clients reach it; null in a process of its own.</summary>
    public IPEndPoint? Gateway { get; }

    /// <summary>What the one silo of a process of its own is asked to be.</summary>
    /// <param name="runsFolder">Folder that its runs lie in.</param>
    public static SiloRequest OfProcess(string runsFolder) =>
        new()
        {
            Name = "local",
            ClusterId = "local",
            Devices = ["cpu"],
            RunsFolder = runsFolder,
            InProcess = true,
        };

    /// <summary>Starts the one silo of a process of its own.</summary>
    /// <param name="configure">Adds or replaces services: models, data, telemetry, logging.</param>
    /// <param name="request">What it is to be: <see cref="OfProcess"/>; null for one whose runs lie in the temporary folder.</param>
    /// <param name="time">Clock; null for the system's.</param>
    /// <param name="stop">Gives up starting; where it is cancelled later, the silo's end is not waited for longer than two seconds.</param>
    public static async Task<SiloHost> StartAsync(
        Action<IHostApplicationBuilder>? configure = null,
        SiloRequest? request = null,
        TimeProvider? time = null,
        CancellationToken stop = default
    )
    {
        var silo = Build(request ?? OfProcess(Path.GetTempPath()), time ?? TimeProvider.System, configure);
        silo._hurry = stop;
        await silo._host.StartAsync(stop);
        return silo;
    }

    internal static SiloHost Build(SiloRequest request, TimeProvider time, Action<IHostApplicationBuilder>? configure = null)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddEnvironmentVariables();
        builder.Logging.SetMinimumLevel(LogLevel.Information);

        // Orleans reports its own start and stop at length; what a user must know of it comes as a warning.
        builder.Logging.AddFilter("Orleans", LogLevel.Warning);
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning);
        builder.Logging.AddFilter("Polly", LogLevel.Error);
        builder.Services.AddSingleton(time);
        builder.Services.AddSingleton(request);
        builder.Services.AddSingleton(Root(request));
        builder.Services.AddNeuroTrails();
        var silo = request.InProcess ? new(IPAddress.Loopback, EndpointOptions.DEFAULT_SILO_PORT) : Endpoint(request);
        IPEndPoint? gateway = null;
        if (request.InProcess)
        {
            builder.AddNeuroTrailsTelemetry(new TelemetryTargets(request.ConsoleTelemetry), () => TorchSharp.torch.Tensor.TotalCount);
            builder.UseOrleans(orleans => Configure(orleans, request, silo, null));
            builder.Services.CloseAllPorts();
            builder.AddWeb(request.Web, request.OwnRun, string.Join(',', request.Devices));
        }
        else
        {
            (silo, gateway) = AddNode(builder, request, silo.Address, time);
        }

        // After Orleans, so that it stops before that does: a silo that is leaving still needs the cluster.
        builder.Services.AddHostedService(services => services.GetRequiredService<MemberWatch>());
        configure?.Invoke(builder);
        return new(builder.Build(), request.InProcess, silo, gateway);
    }

    internal Task JoinAsync(SiloRequest request, TimeProvider time, CancellationToken stop) => _host.JoinAsync(request, time, stop);

    // Starts without a word of explanation where that fails.
    internal Task StartHostAsync(CancellationToken stop) => _host.StartAsync(stop);

    // Leaves the cluster, handing over what it has, unless it is told to leave at once.
    internal Task LeaveAsync(CancellationToken atOnce) => _host.StopAsync(atOnce);

    // Frees what it holds, without leaving in good order.
    internal void Drop() => _host.Dispose();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        try
        {
            await _host.StopAsync().WaitAsync(_inProcess && _hurry.IsCancellationRequested ? Patience : Timeout.InfiniteTimeSpan);
        }
        catch (TimeoutException)
        {
            // It still computes what nobody wants any more, and ends by itself or with the process.
            return;
        }

        if (_host is IAsyncDisposable asynchronous)
        {
            await asynchronous.DisposeAsync();
        }
        else
        {
            _host.Dispose();
        }
    }

    // Whoever runs a process of its own may have it read what else that user may read; it writes its run, and nothing else.
    private static RunsRoot Root(SiloRequest request)
    {
        var root = new RunsRoot(request.InProcess ? null : request.RunsFolder);
        root.Open(request.RunsFolder);
        return root;
    }

    private static IPEndPoint Endpoint(SiloRequest request)
    {
        var address = Endpoints.Address(request.Host, "--host");
        return address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any)
            ? throw new UserErrorException(
                $"--host {request.Host} is no address that others could call. Give one of this machine's own addresses or names."
            )
            : new(address, 0);
    }

    // What only a silo has that others talk to: ports, certificates, the tensors' own way, and an
    // end when the others have declared it dead.
    private static (IPEndPoint Silo, IPEndPoint Gateway) AddNode(
        HostApplicationBuilder builder,
        SiloRequest request,
        IPAddress address,
        TimeProvider time
    )
    {
        Exposure.Check(request, address);
        var identity = request.Tls is { } files ? TlsIdentity.Load(files, TlsIdentity.Silo, time) : null;
        var (siloPort, gatewayPort) = Endpoints.Ports(address, request.SiloPort, request.GatewayPort);
        var (silo, gateway) = (new IPEndPoint(address, siloPort), new IPEndPoint(address, gatewayPort));
        var lane = identity is null ? null : new LaneTls(identity);
        var shelf = new TensorShelf();
        var tensors = Endpoints.Listening(
            () => new TensorServer(new(address, request.TensorPort), shelf, lane, new(time)),
            address,
            request.TensorPort,
            "--tensor-port"
        );
        builder.AddNeuroTrailsTelemetry(
            new TelemetryTargets(request.ConsoleTelemetry),
            () => TorchSharp.torch.Tensor.TotalCount,
            () => tensors.SentBytes
        );
        builder.Services.AddSingleton(_ => tensors);
        builder.Services.AddSingleton<TensorFetcher>(_ => new(lane, time));
        builder.Services.AddSingleton(services => new TensorLane(
            services.GetRequiredService<ILocalSiloDetails>().SiloAddress.ToParsableString(),
            tensors.EndPoint,
            shelf,
            services.GetRequiredService<TensorFetcher>()
        ));

        // Before Orleans, so that it stops after it: until then owners may be on their way.
        builder.Services.AddHostedService<LaneKeeper>();

        // Before Orleans, which keeps what is there.
        builder.Services.AddSingleton<FatalErrors>();
        builder.Services.AddSingleton<IFatalErrorHandler>(services => services.GetRequiredService<FatalErrors>());
        builder.UseOrleans(orleans =>
        {
            Configure(orleans, request, silo, gateway);
            orleans.UseGuard(identity);
        });
        builder.AddWeb(request, services => () => services.GetRequiredService<MemberWatch>().IsReady);
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromMinutes(2));
        return (silo, gateway);
    }

    private static void Configure(ISiloBuilder orleans, SiloRequest request, IPEndPoint silo, IPEndPoint? gateway)
    {
        orleans.AddPlacementDirector<SiloPlacement, SiloPlacementDirector>();
        if (request.Redis is { } redis)
        {
            orleans.UseRedis(new(redis));
        }
        else
        {
            orleans.UseDevelopmentClustering(request.Primary is { } primary ? Endpoints.Parse(primary, "--primary") : silo);
            orleans.UseInMemoryReminderService();
            if (request.InProcess)
            {
                orleans.AddMemoryGrainStorage(GrainStorage.Name);
            }
            else
            {
                orleans.Services.AddGrainStorage(
                    GrainStorage.Name,
                    (services, _) => ActivatorUtilities.CreateInstance<FileGrainStorage>(services)
                );
            }
        }

        orleans.Configure<ClusterOptions>(options => options.Name(request.ClusterId));

        // What the user can put right must still say so after it has travelled from one silo to another.
        orleans.Configure<ExceptionSerializationOptions>(options => options.SupportedNamespacePrefixes.Add(nameof(NeuroTrails)));
        orleans.Configure<SiloOptions>(options => options.SiloName = request.Name);
        orleans.Configure<EndpointOptions>(options =>
        {
            (options.AdvertisedIPAddress, options.SiloPort, options.GatewayPort) = (silo.Address, silo.Port, gateway?.Port ?? 0);
            (options.SiloListeningEndpoint, options.GatewayListeningEndpoint) = (silo, gateway);
        });
        var probe = TimeSpan.FromSeconds(request.FailureDetection.ProbeSeconds);
        orleans.Configure<ClusterMembershipOptions>(options =>
        {
            options.ProbeTimeout = probe;
            options.NumMissedProbesLimit = request.FailureDetection.MissedProbes;

            // Two witnesses, or one where there are only two silos: a silo that hears nobody must not condemn those who hear each other.
            options.NumVotesForDeathDeclaration = 2;
            options.TableRefreshTimeout = 2 * probe;

            // Silent in the table for three of these: who is left alone then needs no second witness any more.
            options.IAmAliveTablePublishTimeout = 2 * probe;
            options.EnableIndirectProbes = false;

            // Who cannot reach the others by then has another certificate, cluster name or firewall: its user should hear of it.
            options.MaxJoinAttemptTime = TimeSpan.FromMinutes(1);
            options.LocalHealthDegradationMonitoringPeriod = TimeSpan.FromSeconds(10);
            options.ExtendProbeTimeoutDuringDegradation = true;
        });

        // Orleans after 10.4 stretches probes to four times their time-out and forgives whoever was heard of within that many: a silo that
        // hangs would be missed after 24 s where 6 were asked for. By name, because 10.4 has no
        // such option and keeps to the time-out anyway.
        orleans
            .Services.AddOptions<ClusterMembershipOptions>()
            .Bind(new ConfigurationBuilder().AddInMemoryCollection([new("MaxProbeTimeout", probe.ToString("c"))]).Build());

        // A grain that an idle collection or a repartitioning took away would take its parameters with it.
        orleans.Configure<GrainCollectionOptions>(options => options.DeactivationTimeout = TimeSpan.FromMinutes(1));
        orleans.AddActivityPropagation();
    }
}
