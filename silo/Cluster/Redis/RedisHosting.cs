using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using NeuroTrails.Grains;
using Orleans.Clustering.Redis;

namespace NeuroTrails.Silo.Cluster.Redis;

/// <summary>Lets silos and clients meet in a Redis server, by Orleans' own providers. All
/// providers of a host share one connection.</summary>
internal static class RedisHosting
{
    public static ISiloBuilder UseRedis(this ISiloBuilder silo, RedisConnection connection)
    {
        silo.Services.AddSingleton(_ => connection);
        silo.Services.AddSingleton<RedisWatch>();
        silo.Services.AddHostedService(services => services.GetRequiredService<RedisWatch>());
        return silo.UseRedisClustering(options => Share(options, connection))
            .AddRedisGrainStorage(
                GrainStorage.Name,
                storage =>
                {
                    storage.ConfigurationOptions = connection.Options;
                    storage.CreateMultiplexer = async _ => (await connection.OpenAsync(), true);
                }
            )
            .UseRedisReminderService(options =>
            {
                options.ConfigurationOptions = connection.Options;
                options.CreateMultiplexer = async _ => (await connection.OpenAsync(), true);
            });
    }

    public static IClientBuilder UseRedis(this IClientBuilder client, RedisConnection connection)
    {
        client.Services.AddSingleton(_ => connection);
        return client.UseRedisClustering(options => Share(options, connection));
    }

    private static void Share(RedisClusteringOptions options, RedisConnection connection)
    {
        options.ConfigurationOptions = connection.Options;
        options.CreateMultiplexer = async _ => (await connection.OpenAsync(), true);
    }
}
