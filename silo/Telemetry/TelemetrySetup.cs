using System.Diagnostics.Metrics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using NeuroTrails.Telemetry;

namespace NeuroTrails.Silo.Telemetry;

/// <summary>Adds telemetry to a host: the instruments that a run reports to, and their way out of the process.</summary>
public static class TelemetrySetup
{
    /// <summary>Adds <see cref="RunTelemetry"/> and the exporters.</summary>
    /// <param name="services">The host's services; its <see cref="IConfiguration"/> must include the environment, as that of every default host does.</param>
    /// <param name="targets">Where to send to.</param>
    /// <param name="liveTensors">Counts the tensors alive in this process, where that is known.</param>
    /// <param name="sentBytes">Counts the bytes of tensors that other processes have fetched, where they can.</param>
    /// <returns>The same services.</returns>
    /// <example><c>builder.Services.AddNeuroTrailsTelemetry(new TelemetryTargets(Console: true));</c></example>
    public static IServiceCollection AddNeuroTrailsTelemetry(this IServiceCollection services, TelemetryTargets targets, Func<long>? liveTensors = null, Func<long>? sentBytes = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(targets);
        services.AddMetrics();
        services.TryAddSingleton(provider => new RunTelemetry(provider.GetRequiredService<IMeterFactory>(), liveTensors, sentBytes));
        return services.AddSingleton<IHostedService>(
            provider => new TelemetryExport(targets, provider.GetRequiredService<IConfiguration>()));
    }
}
