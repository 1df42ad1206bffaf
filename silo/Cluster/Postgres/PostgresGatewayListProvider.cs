using Microsoft.Extensions.Options;
using Npgsql;
using Orleans.Configuration;
using Orleans.Messaging;

namespace NeuroTrails.Silo.Cluster.Postgres;

/// <summary>Tells a client which silos it may connect to. It only reads, so a client's user needs no more than SELECT.</summary>
internal sealed class PostgresGatewayListProvider(
    PostgresDatabase database, IOptions<ClusterOptions> cluster, IOptions<GatewayOptions> gateways) : IGatewayListProvider
{
    private const string Active = "SELECT silo, proxy_port FROM neurotrails_membership WHERE cluster_id = @cluster AND status = @active AND proxy_port > 0";

    /// <inheritdoc/>
    public TimeSpan MaxStaleness => gateways.Value.GatewayListRefreshPeriod;

    /// <inheritdoc/>
    public bool IsUpdatable => true;

    /// <inheritdoc/>
    public Task InitializeGatewayListProvider() => database.FirstAsync((connection, stop) => connection.AskAsync<int>("SELECT 1", stop));

    /// <inheritdoc/>
    public Task<IList<Uri>> GetGateways() => database.RunAsync("reading the gateways", ReadAsync);

    private async Task<IList<Uri>> ReadAsync(NpgsqlConnection connection, CancellationToken stop)
    {
        var found = new List<Uri>();
        await using var command = connection.Command(Active, ("cluster", cluster.Value.ClusterId), ("active", (int)SiloStatus.Active));
        try
        {
            await using var rows = await command.ExecuteReaderAsync(stop);
            while (await rows.ReadAsync(stop))
            {
                var silo = SiloAddress.FromParsableString(rows.GetString(0));
                found.Add(SiloAddress.New(silo.Endpoint.Address, rows.GetInt32(1), silo.Generation).ToGatewayUri());
            }
        }
        catch (PostgresException fault) when (fault.SqlState == PostgresErrorCodes.UndefinedTable)
        {
            // No silo has been here yet. Orleans says that there are no gateways, and asks again.
        }

        return found;
    }
}
