using System.Net;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NeuroTrails.Contracts.Wire;
using NeuroTrails.Grains;
using NeuroTrails.Running;
using NeuroTrails.Silo.Cluster.Files;
using NeuroTrails.Silo.Cluster.Postgres;
using NeuroTrails.Silo.Cluster.Tls;
using NeuroTrails.Silo.Telemetry;
using NeuroTrails.Silo.Web;
using Orleans.Configuration;
using Orleans.Runtime.Hosting;
using Orleans.Serialization;

namespace NeuroTrails.Silo.Cluster;

/// <summary>Composes the silo of a cluster: the same grains as in a process of its own, with members, storage and places of their own.</summary>
internal static class ClusterSilo
{
    /// <summary>Builds the host; starting it joins the cluster.</summary>
    /// <param name="request">Which silo.</param>
    /// <param name="time">Clock.</param>
    /// <param name="configure">Adds or replaces services.</param>
    /// <returns>The host, and its endpoints.</returns>
    public static (IHost Host, IPEndPoint Silo, IPEndPoint Gateway) Build(SiloRequest request, TimeProvider time, Action<IHostApplicationBuilder>? configure = null)
    {
        var address = Endpoints.Address(request.Host, "--host");
        if (address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any))
        {
            throw new UserErrorException($"--host {request.Host} is no address that others could call. Give one of this machine's own addresses or names.");
        }

        var identity = request.Tls is { } files ? TlsIdentity.Load(files, TlsIdentity.Silo, time) : null;
        var (siloPort, gatewayPort) = Endpoints.Ports(address, request.SiloPort, request.GatewayPort);
        var (silo, gateway) = (new IPEndPoint(address, siloPort), new IPEndPoint(address, gatewayPort));
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddEnvironmentVariables();
        builder.Logging.SetMinimumLevel(LogLevel.Information);
        builder.Logging.AddFilter("Orleans", LogLevel.Warning);
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning);
        builder.Services.AddSingleton(time);
        builder.Services.AddSingleton(request);
        builder.Services.AddSingleton<IOwnerPlacement, ClusterPlacement>();
        builder.Services.AddSingleton<IRunAdmission, RunAdmission>();
        builder.Services.AddNeuroTrails();
        var lane = identity is null ? null : new LaneTls(identity);
        var shelf = new TensorShelf();
        var tensors = Endpoints.Listening(() => new TensorServer(new(address, request.TensorPort), shelf, lane), address, request.TensorPort, "--tensor-port");
        builder.AddNeuroTrailsTelemetry(new TelemetryTargets(request.ConsoleTelemetry), () => TorchSharp.torch.Tensor.TotalCount, () => tensors.SentBytes);
        builder.Services.AddSingleton(_ => tensors);
        builder.Services.AddSingleton<TensorFetcher>(_ => new(lane));
        builder.Services.AddSingleton(services => new TensorLane(services.GetRequiredService<ILocalSiloDetails>().SiloAddress.ToParsableString(), tensors.EndPoint, shelf, services.GetRequiredService<TensorFetcher>()));

        // Before Orleans, so that it stops after it: until then owners may be on their way.
        builder.Services.AddHostedService<LaneKeeper>();

        // Before Orleans, which keeps what is there.
        builder.Services.AddSingleton<Fate>();
        builder.Services.AddSingleton<IFatalErrorHandler>(services => services.GetRequiredService<Fate>());
        builder.UseOrleans(orleans =>
        {
            Configure(orleans, request, silo, gateway);
            if (identity is not null)
            {
                orleans.UseTls(identity);
            }
        });

        // After Orleans, so that they stop before it does: a silo that is leaving still needs the cluster.
        builder.Services.AddSingleton<ICudaMemory, NvidiaMemory>();
        builder.Services.AddSingleton<DeviceMemory>();
        builder.Services.AddSingleton<MemberPulse>();
        builder.Services.AddHostedService(services => services.GetRequiredService<MemberPulse>());
        builder.AddWeb(request, services => () => services.GetRequiredService<MemberPulse>().IsReady);
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromMinutes(2));
        configure?.Invoke(builder);
        return (builder.Build(), silo, gateway);
    }

    /// <summary>Names the cluster. Grain state is kept under the same name: two clusters in one database would else take up one another's runs.</summary>
    public static void Name(this ClusterOptions options, string cluster) => (options.ClusterId, options.ServiceId) = (cluster, cluster);

    private static void Configure(ISiloBuilder orleans, SiloRequest request, IPEndPoint silo, IPEndPoint gateway)
    {
        if (request.Postgres is { } connection)
        {
            orleans.UsePostgres(connection);
        }
        else
        {
            orleans.UseDevelopmentClustering(request.Primary is { } primary ? Endpoints.Parse(primary, "--primary") : silo);
            orleans.Services.AddGrainStorage(GrainStorage.Name, (services, _) => ActivatorUtilities.CreateInstance<FileGrainStorage>(services));
        }

        orleans.Configure<ClusterOptions>(options => options.Name(request.ClusterId));

        // What the user can put right must still say so after it has travelled from one silo to another.
        orleans.Configure<ExceptionSerializationOptions>(options => options.SupportedNamespacePrefixes.Add(nameof(NeuroTrails)));
        orleans.Configure<SiloOptions>(options => options.SiloName = request.Name);
        orleans.Configure<EndpointOptions>(options =>
        {
            (options.AdvertisedIPAddress, options.SiloPort, options.GatewayPort) = (silo.Address, silo.Port, gateway.Port);
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

            // Silent in the database for three of these: who is left alone then needs no second witness any more.
            options.IAmAliveTablePublishTimeout = 2 * probe;
            options.EnableIndirectProbes = false;

            // Who cannot reach the others by then has another certificate, cluster name or firewall: its user should hear of it.
            options.MaxJoinAttemptTime = TimeSpan.FromMinutes(1);
            options.LocalHealthDegradationMonitoringPeriod = TimeSpan.FromSeconds(10);
            options.ExtendProbeTimeoutDuringDegradation = true;
        });

        // Orleans after 10.4 stretches probes to four times their time-out and forgives whoever was heard of within that many: a silo that hangs would be missed after
        // 24 s where 6 were asked for. By name, because 10.4 has no such option and keeps to the time-out anyway.
        orleans.Services.AddOptions<ClusterMembershipOptions>().Bind(new ConfigurationBuilder().AddInMemoryCollection([new("MaxProbeTimeout", probe.ToString("c"))]).Build());

        // A grain that an idle collection or a repartitioning took away would take its parameters with it.
        orleans.Configure<GrainCollectionOptions>(options => options.DeactivationTimeout = TimeSpan.FromMinutes(1));
        orleans.AddActivityPropagation();
    }
}
