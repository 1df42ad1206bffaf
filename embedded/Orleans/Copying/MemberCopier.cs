using System.Reflection;
using System.Runtime.CompilerServices;

namespace Orleans.Runtime;

/// <summary>Copies marked types member by member: only members that travel arrive, the others stay at their defaults.</summary>
internal sealed class MemberCopier(Type type, FieldInfo[] fields) : TypeCopier
{
    private readonly ConstructorInfo? _constructor = type.IsValueType
        ? null
        : type.GetConstructor(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic, []);

    public static TypeCopier? TryCreate(Type type, bool lenient)
    {
        if (SerializedMembers.IsMarked(type) || IsTuple(type))
        {
            return new MemberCopier(type, [.. SerializedMembers.Of(type)]);
        }

        return lenient && type is { IsAbstract: false } && !typeof(Delegate).IsAssignableFrom(type)
            ? new MemberCopier(type, [.. SerializedMembers.AllFields(type)])
            : null;
    }

    public override object Copy(object value, CopyContext context)
    {
        if (!type.IsValueType && context.TryGetCopy(value, out var known))
        {
            return known;
        }

        var copy = _constructor is null
            ? RuntimeHelpers.GetUninitializedObject(type)
            : _constructor.Invoke(BindingFlags.DoNotWrapExceptions, null, null, null);
        if (!type.IsValueType)
        {
            context.Remember(value, copy);
        }

        foreach (var field in fields)
        {
            var item = field.GetValue(value);
            field.SetValue(copy, SharedTypes.IsShared(field.FieldType) || field.IsDefined(typeof(ImmutableAttribute))
                ? item
                : context.CopyOrNull(item));
        }

        return copy;
    }

    private static bool IsTuple(Type type)
        => type.IsGenericType
           && (type.FullName!.StartsWith("System.ValueTuple`", StringComparison.Ordinal)
               || type.FullName.StartsWith("System.Tuple`", StringComparison.Ordinal));
}
