using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;

namespace Orleans.Hosting;

/// <summary>Work to do once when the silo has started.</summary>
public static class SiloBuilderStartupExtensions
{
    public static ISiloBuilder AddStartupTask<TStartup>(this ISiloBuilder builder, int stage = ServiceLifecycleStage.Active)
        where TStartup : class, IStartupTask
        => builder.AddStartupTask(
            (services, token) => ActivatorUtilities.GetServiceOrCreateInstance<TStartup>(services).Execute(token), stage);

    public static ISiloBuilder AddStartupTask(
        this ISiloBuilder builder,
        IStartupTask startupTask,
        int stage = ServiceLifecycleStage.Active)
        => builder.AddStartupTask((_, token) => startupTask.Execute(token), stage);

    public static ISiloBuilder AddStartupTask(
        this ISiloBuilder builder,
        Func<IServiceProvider, CancellationToken, Task> startupTask,
        int stage = ServiceLifecycleStage.Active)
        => builder.ConfigureServices(services => services.AddSingleton(new StagedStartupTask(startupTask, stage)));
}

/// <summary>A startup task and its place among the others.</summary>
internal sealed record StagedStartupTask(Func<IServiceProvider, CancellationToken, Task> Run, int Stage);
