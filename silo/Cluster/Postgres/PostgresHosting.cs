using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using NeuroTrails.Grains;
using Orleans.Messaging;
using Orleans.Providers;
using Orleans.Runtime.Hosting;

namespace NeuroTrails.Silo.Cluster.Postgres;

/// <summary>Lets silos and clients meet in a PostgreSQL database.</summary>
public static class PostgresHosting
{
    /// <summary>Keeps membership and grain state (under <see cref="GrainStorage.Name"/> and by default) in PostgreSQL; the tables are made at the first start.</summary>
    /// <param name="builder">The silo.</param>
    /// <param name="connectionString">Where the database is.</param>
    /// <exception cref="UserErrorException">It is no connection string.</exception>
    public static ISiloBuilder UsePostgres(this ISiloBuilder builder, string connectionString)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddDatabase(connectionString);
        builder.Services.AddSingleton<IMembershipTable, PostgresMembershipTable>();
        builder.Services.AddSingleton<PostgresGrainStorage>();
        foreach (var name in (string[])[GrainStorage.Name, ProviderConstants.DEFAULT_STORAGE_PROVIDER_NAME])
        {
            builder.Services.AddGrainStorage(name, (services, _) => services.GetRequiredService<PostgresGrainStorage>());
        }

        return builder;
    }

    /// <summary>Finds the silos of a cluster in PostgreSQL.</summary>
    /// <param name="builder">The client.</param>
    /// <param name="connectionString">Where the database is.</param>
    /// <exception cref="UserErrorException">It is no connection string.</exception>
    public static IClientBuilder UsePostgres(this IClientBuilder builder, string connectionString)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddDatabase(connectionString);
        builder.Services.AddSingleton<IGatewayListProvider, PostgresGatewayListProvider>();
        return builder;
    }

    private static void AddDatabase(this IServiceCollection services, string connectionString)
    {
        // Read once here, so that a typing error is told before anything starts.
        PostgresSettings.Parse(connectionString);
        services.Configure<PostgresOptions>(options => options.ConnectionString = connectionString);
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<PostgresDatabase>();
    }
}
