using Microsoft.Extensions.Hosting;
using Orleans.Runtime;

namespace Orleans.Hosting;

/// <summary>Starts and stops the silo with its host.</summary>
internal sealed class SiloHostedService(
    Silo silo,
    IServiceProvider services,
    IEnumerable<StagedStartupTask> startupTasks) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        MessageRules.Enforce(silo.Manifest.Interfaces);
        silo.Start();
        foreach (var task in startupTasks.OrderBy(t => t.Stage))
        {
            await task.Run(services, cancellationToken);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => silo.StopAsync(cancellationToken);
}
