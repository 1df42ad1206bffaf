using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orleans;
using Orleans.Hosting;
using Orleans.Runtime;

namespace Microsoft.Extensions.Hosting;

/// <summary>Puts a silo into a host.</summary>
public static class OrleansSiloGenericHostExtensions
{
    public static IHostApplicationBuilder UseOrleans(this IHostApplicationBuilder hostAppBuilder)
        => hostAppBuilder.UseOrleans(_ => { });

    public static HostApplicationBuilder UseOrleans(this HostApplicationBuilder hostAppBuilder)
        => hostAppBuilder.UseOrleans(_ => { });

    public static IHostApplicationBuilder UseOrleans(
        this IHostApplicationBuilder hostAppBuilder,
        Action<ISiloBuilder> configureDelegate)
    {
        ArgumentNullException.ThrowIfNull(hostAppBuilder);
        Add(hostAppBuilder.Services, hostAppBuilder.Configuration, configureDelegate);
        return hostAppBuilder;
    }

    public static HostApplicationBuilder UseOrleans(
        this HostApplicationBuilder hostAppBuilder,
        Action<ISiloBuilder> configureDelegate)
    {
        ArgumentNullException.ThrowIfNull(hostAppBuilder);
        Add(hostAppBuilder.Services, hostAppBuilder.Configuration, configureDelegate);
        return hostAppBuilder;
    }

    public static IHostBuilder UseOrleans(this IHostBuilder hostBuilder, Action<ISiloBuilder> configureDelegate)
    {
        ArgumentNullException.ThrowIfNull(configureDelegate);
        return hostBuilder.UseOrleans((_, builder) => configureDelegate(builder));
    }

    public static IHostBuilder UseOrleans(
        this IHostBuilder hostBuilder,
        Action<HostBuilderContext, ISiloBuilder> configureDelegate)
    {
        ArgumentNullException.ThrowIfNull(hostBuilder);
        ArgumentNullException.ThrowIfNull(configureDelegate);
        return hostBuilder.ConfigureServices(
            (context, services) => Add(services, context.Configuration, builder => configureDelegate(context, builder)));
    }

    public static IServiceCollection AddOrleans(this IServiceCollection services, Action<ISiloBuilder> configureDelegate)
    {
        Add(services, new ConfigurationBuilder().Build(), configureDelegate);
        return services;
    }

    private static void Add(IServiceCollection services, IConfiguration configuration, Action<ISiloBuilder> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        if (services.All(d => d.ServiceType != typeof(Silo)))
        {
            services.AddLogging();
            services.AddOptions();
            services.TryAddSingleton(TimeProvider.System);
            services.AddSingleton<GrainManifest>();
            services.AddSingleton<Silo>();
            services.AddSingleton<ILocalSiloDetails>(provider => provider.GetRequiredService<Silo>());
            services.AddSingleton<IClusterClient, GrainFactory>();
            services.AddSingleton<IGrainFactory>(provider => provider.GetRequiredService<IClusterClient>());
            services.AddSingleton<IGrainContextAccessor, GrainContextAccessor>();
            services.AddScoped<ActivationHolder>();
            services.AddScoped(provider => provider.GetRequiredService<ActivationHolder>().Context);
            services.AddHostedService<SiloHostedService>();
        }

        configure(new SiloBuilder(services, configuration));
    }
}
