using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NeuroTrails.Silo.Cluster.Postgres;
using Orleans.Configuration;
using Orleans.Messaging;
using Orleans.Serialization;
using Orleans.Storage;

namespace NeuroTrails.Tests.Cluster;

/// <summary>The providers of one process, without a silo around them.</summary>
internal sealed class PostgresParts : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    public PostgresParts(string connection, string cluster = "c", string service = "s", Action<PostgresOptions>? configure = null)
    {
        _services = new ServiceCollection()
            .AddLogging(logging => logging.SetMinimumLevel(LogLevel.Warning))
            .AddSerializer()
            .AddSingleton(TimeProvider.System)
            .AddSingleton<IGrainStorageSerializer, OrleansGrainStorageSerializer>()
            .Configure<ClusterOptions>(options => (options.ClusterId, options.ServiceId) = (cluster, service))
            .Configure<PostgresOptions>(options =>
            {
                options.ConnectionString = connection;
                configure?.Invoke(options);
            })
            .AddSingleton<PostgresDatabase>()
            .AddSingleton<IMembershipTable, PostgresMembershipTable>()
            .AddSingleton<IGatewayListProvider, PostgresGatewayListProvider>()
            .AddSingleton<IGrainStorage, PostgresGrainStorage>()
            .BuildServiceProvider();
    }

    public PostgresDatabase Database => _services.GetRequiredService<PostgresDatabase>();

    public IMembershipTable Table => _services.GetRequiredService<IMembershipTable>();

    public IGatewayListProvider Gateways => _services.GetRequiredService<IGatewayListProvider>();

    public IGrainStorage Storage => _services.GetRequiredService<IGrainStorage>();

    public static async Task<PostgresParts> StartAsync(string connection, string cluster = "c")
    {
        var parts = new PostgresParts(connection, cluster);
        await parts.Table.InitializeMembershipTable(true);
        return parts;
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
