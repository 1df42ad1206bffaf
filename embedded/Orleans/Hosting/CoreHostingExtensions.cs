using System.Diagnostics;
using System.Net;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orleans.Configuration;
using Orleans.Runtime;

namespace Orleans.Hosting;

/// <summary>Clustering on loopback: accepted, and nothing listens.</summary>
public static class CoreHostingExtensions
{
    public static ISiloBuilder UseLocalhostClustering(
        this ISiloBuilder builder,
        int siloPort = 11111,
        int gatewayPort = 30000,
        IPEndPoint? primarySiloEndpoint = null,
        string serviceId = "dev",
        string clusterId = "dev")
        => serviceId == "dev" && clusterId == "dev"
            ? builder
            : builder.Configure<ClusterOptions>(options =>
            {
                options.ServiceId = serviceId;
                options.ClusterId = clusterId;
            });

    /// <summary>Lets activities of callers be the parents of their callees'.</summary>
    public static ISiloBuilder AddActivityPropagation(this ISiloBuilder builder)
        => builder
            .ConfigureServices(services => services.TryAddSingleton(DistributedContextPropagator.Current))
            .AddOutgoingGrainCallFilter<OutgoingActivityFilter>()
            .AddIncomingGrainCallFilter<IncomingActivityFilter>();
}
