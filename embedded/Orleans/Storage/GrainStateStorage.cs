using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Providers;
using Orleans.Runtime;

namespace Orleans.Storage;

/// <summary>Connects grains with the storage that they name.</summary>
internal static class GrainStateStorage
{
    /// <summary>The state of a <see cref="Grain{TGrainState}"/>.</summary>
    public static StoredState<T> Open<T>(Activation activation, Type grainClass)
        => Open<T>(activation, grainClass.FullName!, grainClass.GetCustomAttribute<StorageProviderAttribute>()?.ProviderName);

    /// <summary>The state of a constructor parameter.</summary>
    public static object OpenFacet<T>(Activation activation, PersistentStateAttribute attribute)
        => Open<T>(activation, attribute.StateName, attribute.StorageName);

    private static StoredState<T> Open<T>(Activation activation, string stateName, string? storageName)
    {
        var services = activation.ActivationServices;
        var storage = string.IsNullOrEmpty(storageName)
            ? services.GetKeyedService<IGrainStorage>(ProviderConstants.DEFAULT_STORAGE_PROVIDER_NAME) ?? services.GetService<IGrainStorage>()
            : services.GetKeyedService<IGrainStorage>(storageName);
        if (storage is null)
        {
            throw new BadProviderConfigException(
                $"No storage provider named \"{storageName ?? ProviderConstants.DEFAULT_STORAGE_PROVIDER_NAME}\" "
                + $"found loading grain type {activation.Class.Type.FullName}.");
        }

        var state = new StoredState<T>(activation, storage, stateName);
        activation.Lifecycle.Subscribe(stateName, GrainLifecycleStage.SetupState, state);
        return state;
    }
}
