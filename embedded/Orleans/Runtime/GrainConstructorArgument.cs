using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Storage;

namespace Orleans.Runtime;

/// <summary>Where the arguments of a grain's constructor come from: the activation, its state, or the services.</summary>
internal static class GrainConstructorArgument
{
    public static Func<Activation, object?> SourceOf(ParameterInfo parameter)
    {
        var type = parameter.ParameterType;
        if (parameter.GetCustomAttribute<PersistentStateAttribute>() is { } state)
        {
            if (!type.IsGenericType || type.GetGenericTypeDefinition() != typeof(IPersistentState<>))
            {
                throw new OrleansConfigurationException(
                    $"{parameter.Member.DeclaringType}: parameter {parameter.Name} has [PersistentState] and must be an IPersistentState<T>.");
            }

            var open = typeof(GrainStateStorage).GetMethod(nameof(GrainStateStorage.OpenFacet))!
                .MakeGenericMethod(type.GetGenericArguments())
                .CreateDelegate<Func<Activation, PersistentStateAttribute, object>>();
            return activation => open(activation, state);
        }

        if (type == typeof(IGrainContext))
        {
            return activation => activation;
        }

        if (parameter.GetCustomAttribute<FromKeyedServicesAttribute>() is { } keyed)
        {
            return activation => activation.ActivationServices.GetRequiredKeyedService(type, keyed.Key);
        }

        return parameter.HasDefaultValue
            ? activation => activation.ActivationServices.GetService(type) ?? parameter.DefaultValue
            : activation => activation.ActivationServices.GetRequiredService(type);
    }
}
