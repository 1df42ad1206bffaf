using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Providers;
using Orleans.Runtime.Hosting;
using Orleans.Storage;

namespace Orleans.Hosting;

/// <summary>State in memory.</summary>
public static class MemoryGrainStorageSiloBuilderExtensions
{
    public static ISiloBuilder AddMemoryGrainStorageAsDefault(
        this ISiloBuilder builder,
        Action<OptionsBuilder<MemoryGrainStorageOptions>>? configureOptions = null)
        => builder.AddMemoryGrainStorage(ProviderConstants.DEFAULT_STORAGE_PROVIDER_NAME, configureOptions);

    public static ISiloBuilder AddMemoryGrainStorageAsDefault(
        this ISiloBuilder builder,
        Action<MemoryGrainStorageOptions> configureOptions)
        => builder.AddMemoryGrainStorageAsDefault(options => options.Configure(configureOptions));

    public static ISiloBuilder AddMemoryGrainStorage(
        this ISiloBuilder builder,
        string name,
        Action<MemoryGrainStorageOptions> configureOptions)
        => builder.AddMemoryGrainStorage(name, options => options.Configure(configureOptions));

    public static ISiloBuilder AddMemoryGrainStorage(
        this ISiloBuilder builder,
        string name,
        Action<OptionsBuilder<MemoryGrainStorageOptions>>? configureOptions = null)
        => builder.ConfigureServices(services =>
        {
            configureOptions?.Invoke(services.AddOptions<MemoryGrainStorageOptions>(name));
            services.AddGrainStorage(name, static (_, storageName) => new MemoryGrainStorage(storageName));
        });
}
