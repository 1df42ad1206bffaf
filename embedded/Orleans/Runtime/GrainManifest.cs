using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using Orleans.Configuration;

namespace Orleans.Runtime;

/// <summary>Which class implements which interface.</summary>
internal sealed class GrainManifest
{
    private readonly Dictionary<GrainType, GrainClass> _classes = [];
    private readonly ConcurrentDictionary<(Type Interface, string? Prefix), GrainType> _resolved = new();

    public GrainManifest(IOptions<GrainTypeOptions> options)
    {
        var found = GrainAssemblies.Find().SelectMany(GrainAssemblies.TypesOf).Where(GrainClass.IsGrainClass);
        foreach (var type in found.Concat(options.Value.Classes).Distinct())
        {
            var grainClass = new GrainClass(type);
            if (!_classes.TryAdd(grainClass.GrainType, grainClass))
            {
                throw new OrleansConfigurationException(
                    $"Grain classes {_classes[grainClass.GrainType].Type} and {type} are both named \"{grainClass.GrainType}\": "
                    + "give one of them a [GrainType(\"...\")].");
            }
        }

        Interfaces = [.. _classes.Values.SelectMany(c => c.Interfaces).Concat(options.Value.Interfaces).Distinct()];
    }

    /// <summary>All grain interfaces that a class implements, and those named in the options.</summary>
    public IReadOnlyList<Type> Interfaces { get; }

    public GrainClass ClassOf(GrainId grainId)
        => _classes.GetValueOrDefault(grainId.Type)
           ?? throw new ArgumentException($"Could not find an implementation for grain type \"{grainId.Type}\".");

    public GrainType Resolve(Type interfaceType, string? prefix)
        => _resolved.GetOrAdd((interfaceType, string.IsNullOrEmpty(prefix) ? null : prefix), Find);

    private GrainType Find((Type Interface, string? Prefix) wanted)
    {
        var candidates = _classes.Values
            .Where(c => c.Interfaces.Contains(wanted.Interface))
            .Where(c => wanted.Prefix is null || c.Type.FullName!.StartsWith(wanted.Prefix, StringComparison.Ordinal)
                        || c.GrainType.ToString().StartsWith(wanted.Prefix, StringComparison.Ordinal))
            .ToArray();
        return candidates switch
        {
            [var only] => only.GrainType,
            [] => throw new ArgumentException($"Could not find an implementation for interface {wanted.Interface}"),
            _ => throw new ArgumentException(
                $"Unable to identify a single appropriate grain type for interface {wanted.Interface}. Candidates: "
                + string.Join(", ", candidates.Select(c => c.GrainType))),
        };
    }
}
