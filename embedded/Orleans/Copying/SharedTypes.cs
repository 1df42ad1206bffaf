using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Globalization;
using System.Net;
using System.Numerics;
using System.Reflection;

namespace Orleans.Runtime;

/// <summary>Types whose values never change, or that promise so, and are handed over without a copy.</summary>
internal static class SharedTypes
{
    private static readonly FrozenSet<Type> Known = new[]
    {
        typeof(string), typeof(decimal), typeof(Guid), typeof(DateTime), typeof(DateTimeOffset), typeof(TimeSpan),
        typeof(DateOnly), typeof(TimeOnly), typeof(Uri), typeof(Version), typeof(BigInteger), typeof(Complex), typeof(Half),
        typeof(Int128), typeof(UInt128), typeof(Index), typeof(Range), typeof(IPAddress), typeof(IPEndPoint),
        typeof(CultureInfo), typeof(CancellationToken), typeof(object), typeof(DBNull), typeof(GrainId), typeof(GrainType),
        typeof(IdSpan), typeof(GrainInterfaceType), typeof(SiloAddress),
    }.ToFrozenSet();

    private static readonly ConcurrentDictionary<Type, bool> Cache = new();

    public static bool IsShared(Type type) => Cache.GetOrAdd(type, Decide);

    private static bool Decide(Type type)
    {
        if (type.IsPrimitive || type.IsEnum || type.IsPointer || (Known.Contains(type) && type != typeof(object))
            || type.IsDefined(typeof(ImmutableAttribute), inherit: false)
            || typeof(Exception).IsAssignableFrom(type)
            || typeof(Type).IsAssignableFrom(type)
            || typeof(MemberInfo).IsAssignableFrom(type)
            || typeof(GrainReference).IsAssignableFrom(type))
        {
            return true;
        }

        if (Nullable.GetUnderlyingType(type) is { } underlying)
        {
            return IsShared(underlying);
        }

        return type.IsGenericType && IsTuple(type) && Array.TrueForAll(type.GetGenericArguments(), IsSealedAndShared);
    }

    // A tuple's item may at run time be of a derived type, which need not be immutable.
    private static bool IsSealedAndShared(Type type) => (type.IsValueType || type.IsSealed) && IsShared(type);

    private static bool IsTuple(Type type)
        => type.FullName!.StartsWith("System.ValueTuple`", StringComparison.Ordinal)
           || type.FullName.StartsWith("System.Tuple`", StringComparison.Ordinal)
           || type.GetGenericTypeDefinition() == typeof(KeyValuePair<,>);
}
