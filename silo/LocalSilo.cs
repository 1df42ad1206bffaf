using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NeuroTrails.Grains;

namespace NeuroTrails.Silo;

/// <summary>A silo inside this process, on loopback only: the same grains as in a cluster, for one machine.</summary>
public sealed class LocalSilo : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private readonly IHost _host;
    private readonly CancellationToken _hurry;

    private LocalSilo(IHost host, CancellationToken hurry) => (_host, _hurry) = (host, hurry);

    /// <summary>Calls grains.</summary>
    public IGrainFactory Grains => _host.Services.GetRequiredService<IGrainFactory>();

    /// <summary>The silo's services.</summary>
    public IServiceProvider Services => _host.Services;

    /// <summary>Starts a silo.</summary>
    /// <param name="configure">Adds or replaces services: models, data, telemetry, logging.</param>
    /// <param name="stop">Gives up starting; where it is cancelled later, the silo's end is not waited for longer than two seconds.</param>
    public static async Task<LocalSilo> StartAsync(Action<IHostApplicationBuilder>? configure = null, CancellationToken stop = default)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Logging.SetMinimumLevel(LogLevel.Information);
        // Orleans reports its own start and stop at length; what a user must know of it comes as a warning.
        builder.Logging.AddFilter("Orleans", LogLevel.Warning);
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning);
        builder.Configuration.AddEnvironmentVariables();
        builder.Services.AddNeuroTrails();
        var (siloPort, gatewayPort) = FreePorts();
        builder.UseOrleans(silo => silo.UseLocalhostClustering(siloPort, gatewayPort).AddMemoryGrainStorage(GrainStorage.Name).AddActivityPropagation());
        configure?.Invoke(builder);
        var host = builder.Build();
        await host.StartAsync(stop);
        return new(host, stop);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        try
        {
            await _host.StopAsync().WaitAsync(_hurry.IsCancellationRequested ? Patience : Timeout.InfiniteTimeSpan);
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

    // Orleans' defaults (11111, 30000) would let two runs on one machine collide.
    private static (int Silo, int Gateway) FreePorts()
    {
        using var first = new TcpListener(IPAddress.Loopback, 0);
        using var second = new TcpListener(IPAddress.Loopback, 0);
        first.Start();
        second.Start();
        return (((IPEndPoint)first.LocalEndpoint).Port, ((IPEndPoint)second.LocalEndpoint).Port);
    }
}
