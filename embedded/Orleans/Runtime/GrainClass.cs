using System.Collections.Concurrent;
using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Concurrency;
using Orleans.Configuration;

namespace Orleans.Runtime;

/// <summary>A grain class and what its attributes say.</summary>
internal sealed class GrainClass
{
    private readonly ConcurrentDictionary<MethodInfo, MethodInfo> _implementations = new();
    private readonly ConstructorInfo _constructor;
    private readonly Func<Activation, object?>[] _arguments;
    private readonly TimeSpan? _ownAge;
    private readonly bool _keepAlive;

    public GrainClass(Type type)
    {
        Type = type;
        GrainType = type.GetCustomAttribute<GrainTypeAttribute>()?.GetGrainType(null!, type) ?? GrainType.Create(DefaultName(type));
        Interfaces = [.. type.GetInterfaces().Where(i => i != typeof(IGrain) && typeof(IGrain).IsAssignableFrom(i))];
        IsReentrant = type.IsDefined(typeof(ReentrantAttribute), inherit: true);
        MaxLocalWorkers = type.GetCustomAttribute<StatelessWorkerAttribute>()?.MaxLocalWorkers ?? 0;
        var limit = type.GetCustomAttribute<CollectionAgeLimitAttribute>();
        _keepAlive = type.IsDefined(typeof(KeepAliveAttribute), inherit: true) || limit is { AlwaysActive: true };
        _ownAge = limit?.AgeLimit;

        var constructors = type.GetConstructors();
        _constructor = constructors.FirstOrDefault(c => c.IsDefined(typeof(ActivatorUtilitiesConstructorAttribute)))
                       ?? constructors.MaxBy(c => c.GetParameters().Length)
                       ?? throw new OrleansConfigurationException($"Grain class {type} has no public constructor.");
        _arguments = [.. _constructor.GetParameters().Select(GrainConstructorArgument.SourceOf)];
    }

    public Type Type { get; }

    public GrainType GrainType { get; }

    public IReadOnlyList<Type> Interfaces { get; }

    public bool IsReentrant { get; }

    /// <summary>How many activations share a stateless worker's calls; 0: not a stateless worker.</summary>
    public int MaxLocalWorkers { get; }

    public static bool IsGrainClass(Type type)
        => type is { IsClass: true, IsAbstract: false, ContainsGenericParameters: false }
           && typeof(IGrain).IsAssignableFrom(type)
           && !typeof(GrainReference).IsAssignableFrom(type);

    /// <summary>The idle time after which it is collected; null: never.</summary>
    public TimeSpan? CollectionAge(GrainCollectionOptions options)
        => _keepAlive ? null
            : options.ClassSpecificCollectionAge.TryGetValue(Type.FullName!, out var configured) ? configured
            : _ownAge ?? options.CollectionAge;

    /// <summary>Creates an instance; runs as a turn of the activation.</summary>
    public object Create(Activation activation)
    {
        try
        {
            return _constructor.Invoke(
                BindingFlags.DoNotWrapExceptions, null, Array.ConvertAll(_arguments, argument => argument(activation)), null);
        }
        catch (MemberAccessException exception)
        {
            throw new OrleansException($"Grain class {Type} cannot be created.", exception);
        }
    }

    public MethodInfo ImplementationOf(MethodInfo interfaceMethod)
        => _implementations.GetOrAdd(interfaceMethod, method =>
        {
            var definition = method.IsGenericMethod ? method.GetGenericMethodDefinition() : method;
            var map = Type.GetInterfaceMap(method.DeclaringType!);
            return map.TargetMethods[Array.IndexOf(map.InterfaceMethods, definition)];
        });

    private static string DefaultName(Type type)
    {
        const string suffix = "grain";
#pragma warning disable CA1308 // The package's names are lower case.
        var name = type.Name.ToLowerInvariant();
#pragma warning restore CA1308
        return name.Length > suffix.Length && name.EndsWith(suffix, StringComparison.Ordinal) ? name[..^suffix.Length] : name;
    }
}
