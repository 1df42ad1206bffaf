using System.Collections.Concurrent;

namespace Orleans.Runtime;

/// <summary>
/// Copies what calls carry, so that no two grains share something that can change. Only what is marked travels:
/// other types are an error here as they are in the package.
/// </summary>
internal static class DeepCopier
{
    private static readonly ConcurrentDictionary<Type, TypeCopier> Strict = new();
    private static readonly ConcurrentDictionary<Type, TypeCopier> Lenient = new();

    /// <summary>Whether values of the type are handed over as they are.</summary>
    public static bool IsShared(Type type) => SharedTypes.IsShared(type);

    public static object? Copy(object? value) => value is null ? null : new CopyContext(Strict, lenient: false).Copy(value);

    /// <summary>Copies anything, marked or not: grains' state is stored as text by the package, which asks for no marks.</summary>
    public static object? CopyState(object? value) => value is null ? null : new CopyContext(Lenient, lenient: true).Copy(value);
}
