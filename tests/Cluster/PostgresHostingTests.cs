using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NeuroTrails.Silo.Cluster.Postgres;
using NeuroTrails.Tests.Chaos;
using NeuroTrails.Tests.Checkpoints;
using Npgsql;
using Orleans.Configuration;

namespace NeuroTrails.Tests.Cluster;

/// <summary>Silos and a client that meet in a database.</summary>
[Collection(nameof(Alone))]
public sealed class PostgresHostingTests(PostgresServer server) : IClassFixture<PostgresServer>
{
    [Fact]
    public async Task A_client_finds_two_silos_and_their_state_outlives_them_and_the_server()
    {
        var stop = TestContext.Current.CancellationToken;
        var connection = await server.NewDatabaseAsync();
        using (var first = await SiloAsync(connection))
        using (var second = await SiloAsync(connection))
        using (var client = await ClientAsync(connection))
        {
            var grains = client.Services.GetRequiredService<IGrainFactory>();
            Assert.Equal(2, (await grains.GetGrain<IManagementGrain>(0).GetHosts(true, stop)).Count);
            Assert.Equal("1 1", await grains.GetGrain<ITallyGrain>("a").AddAsync());
            await server.RestartAsync();
            Assert.Equal("2 2", await grains.GetGrain<ITallyGrain>("a").AddAsync());
            await Task.WhenAll(client.StopAsync(stop), first.StopAsync(stop), second.StopAsync(stop));
        }

        using (var third = await SiloAsync(connection))
        {
            Assert.Equal("3 3", await third.Services.GetRequiredService<IGrainFactory>().GetGrain<ITallyGrain>("a").AddAsync());
            await third.StopAsync(stop);
        }
    }

    [Fact]
    public async Task A_silo_without_a_database_does_not_start_and_says_why()
    {
        var connection = new NpgsqlConnectionStringBuilder(await server.NewDatabaseAsync()) { Database = "nowhere" }.ConnectionString;

        // In a process of its own, as Orleans leaves running what it had started before the failure, and that takes a core for as long as the process lives.
        using var folder = new TemporaryFolder();
        var (code, said) = await ClientProcess.Run(["silo", "--name", "a", "--devices", "cpu", "--postgres", connection, "--runs", folder.Path]);
        Assert.Equal(2, code);
        Assert.Contains("has no database `nowhere`", said, StringComparison.Ordinal);
        var client = await Assert.ThrowsAsync<UserErrorException>(() => ClientAsync(connection));
        Assert.Contains("has no database `nowhere`", client.Message, StringComparison.Ordinal);
    }

    private static Task<IHost> SiloAsync(string connection) => StartAsync(builder => builder.UseOrleans(silo => silo
        .UsePostgres(connection)
        .ConfigureEndpoints(IPAddress.Loopback, FreePort(), FreePort())
        .Configure<ClusterOptions>(Name)));

    private static Task<IHost> ClientAsync(string connection) => StartAsync(builder => builder.UseOrleansClient(client => client
        .UsePostgres(connection)
        .Configure<ClusterOptions>(Name)));

    private static async Task<IHost> StartAsync(Action<HostApplicationBuilder> configure)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Logging.SetMinimumLevel(LogLevel.None);
        configure(builder);
        var host = builder.Build();
        try
        {
            await host.StartAsync(TestContext.Current.CancellationToken);
            return host;
        }
        catch
        {
            host.Dispose();
            throw;
        }
    }

    private static void Name(ClusterOptions options) => (options.ClusterId, options.ServiceId) = ("hosting", "tests");

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
