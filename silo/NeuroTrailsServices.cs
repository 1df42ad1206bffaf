using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using NeuroTrails.Execution;
using NeuroTrails.Grains;
using NeuroTrails.Metrics;
using NeuroTrails.Models;
using NeuroTrails.Running;
using NeuroTrails.Silo.Cluster;
using NeuroTrails.Silo.Placement;
using NeuroTrails.Telemetry;
using NeuroTrails.Training;

namespace NeuroTrails.Silo;

/// <summary>Adds what the grains need to a silo.</summary>
public static class NeuroTrailsServices
{
    /// <summary>Adds networks, data, clock, instruments and the runtime line; what the host has registered before is kept.</summary>
    /// <param name="services">The silo's services.</param>
    public static IServiceCollection AddNeuroTrails(this IServiceCollection services)
    {
        TorchProcess.Prepare();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(_ => new RunTelemetry());
        services.TryAddSingleton<ModelCatalogue>();
        services.TryAddSingleton(MetricCatalogue.BuiltIn);
        services.TryAddSingleton<IRunDataSource, CatalogueDataSource>();
        services.TryAddSingleton(_ => new RunsRoot());
        services.TryAddSingleton<OwnerServices>();
        services.TryAddSingleton<IOwnerPlacement, OwnerPlacement>();
        services.TryAddSingleton<IRunAdmission, RunAdmission>();
        services.TryAddSingleton<ICudaMemory, NvidiaMemory>();
        services.TryAddSingleton<DeviceMemory>();
        services.TryAddSingleton<MemberWatch>();
        services.TryAddSingleton<ISiloSelf>(provider => provider.GetRequiredService<MemberWatch>());
        services.TryAddSingleton<RunLeases>();
        services.TryAddSingleton<CoordinatorServices>();
        services.TryAddSingleton(provider =>
            provider.GetService<SiloRequest>() is { InProcess: true }
                ? new RuntimeLine(RuntimeDescription.Line(), ProcessMemory.PeakMib, new MachineEnergy().Joules)
                : new RuntimeLine(RuntimeDescription.Line())
        );
        return services;
    }
}
