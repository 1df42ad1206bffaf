using System.Collections.Frozen;
using System.Reflection;

namespace Orleans.Runtime;

/// <summary>What the rules have to do with a type.</summary>
internal enum MessageTypeKind
{
    /// <summary>Nothing: it travels as it is.</summary>
    Plain,

    /// <summary>Look at its parts: an array, a collection, a tuple.</summary>
    Parts,

    /// <summary>A grain or observer interface.</summary>
    Addressable,

    /// <summary>A TorchSharp tensor.</summary>
    Tensor,

    /// <summary>A type of the framework that cannot travel.</summary>
    Foreign,

    /// <summary>A type of the programme's own.</summary>
    Own,
}

/// <summary>Sorts types for the message rules.</summary>
internal static class MessageTypes
{
    private const string TensorName = "TorchSharp.torch+Tensor";

    private static readonly FrozenSet<Type> CollectionInterfaces = new[]
    {
        typeof(IEnumerable<>), typeof(ICollection<>), typeof(IList<>), typeof(IReadOnlyCollection<>), typeof(IReadOnlyList<>),
        typeof(ISet<>), typeof(IReadOnlySet<>), typeof(IDictionary<,>), typeof(IReadOnlyDictionary<,>),
    }.ToFrozenSet();

    public static MessageTypeKind KindOf(Type? type)
    {
        if (type is null || type.IsGenericParameter || type.IsEnum || type == typeof(object) || type == typeof(CancellationToken))
        {
            return MessageTypeKind.Plain;
        }

        if (type.IsArray || type.IsByRef || Nullable.GetUnderlyingType(type) is not null)
        {
            return MessageTypeKind.Parts;
        }

        if (type.FullName == TensorName)
        {
            return MessageTypeKind.Tensor;
        }

        if (typeof(IAddressable).IsAssignableFrom(type))
        {
            return type.IsInterface ? MessageTypeKind.Addressable : MessageTypeKind.Plain;
        }

        if (!IsOfThePlatform(type))
        {
            return type.IsInterface ? MessageTypeKind.Plain : MessageTypeKind.Own;
        }

        if (type.IsGenericType && IsContainer(type.GetGenericTypeDefinition()))
        {
            return MessageTypeKind.Parts;
        }

        return SharedTypes.IsShared(type) || type.Assembly == typeof(MessageTypes).Assembly
            ? MessageTypeKind.Plain
            : MessageTypeKind.Foreign;
    }

    public static IEnumerable<Type> PartsOf(Type type)
        => type.HasElementType ? [type.GetElementType()!] : type.GetGenericArguments();

    /// <summary>What a method's caller gets in the end; null: nothing.</summary>
    /// <returns>False where grain methods cannot return the type.</returns>
    public static bool ResultOf(Type returnType, out Type? result)
    {
        result = null;
        if (returnType == typeof(void) || returnType == typeof(Task) || returnType == typeof(ValueTask))
        {
            return true;
        }

        var definition = returnType.IsGenericType ? returnType.GetGenericTypeDefinition() : null;
        if (definition != typeof(Task<>) && definition != typeof(ValueTask<>) && definition != typeof(IAsyncEnumerable<>))
        {
            return false;
        }

        result = returnType.GetGenericArguments()[0];
        return true;
    }

    public static bool BearsTensor(Type type)
        => KindOf(type) switch
        {
            MessageTypeKind.Tensor => true,
            MessageTypeKind.Parts => PartsOf(type).Any(BearsTensor),
            _ => false,
        };

    /// <summary>Whether the type is marked as holding tensors. By name, because the mark is the programme's own.</summary>
    public static bool IsTensorPayload(Type type)
        => type.GetCustomAttributesData().Any(a => a.AttributeType.Name == "TensorPayloadAttribute");

    public static string NameOf(Type type)
        => !type.IsGenericType ? (type.FullName ?? type.Name).Replace('+', '.')
            : $"{type.Namespace}.{type.Name.Split('`')[0]}<{string.Join(", ", type.GetGenericArguments().Select(NameOf))}>";

    /// <summary>A member's name as it was written: the property's for the field behind it.</summary>
    public static string NameOf(FieldInfo field) => field.Name.StartsWith('<') ? field.Name[1..field.Name.IndexOf('>', 1)] : field.Name;

    private static bool IsContainer(Type definition)
        => CollectionCopier.IsKnown(definition)
           || CollectionInterfaces.Contains(definition)
           || definition.FullName!.StartsWith("System.ValueTuple`", StringComparison.Ordinal)
           || definition.FullName.StartsWith("System.Tuple`", StringComparison.Ordinal)
           || definition == typeof(Orleans.Concurrency.Immutable<>);

    private static bool IsOfThePlatform(Type type)
        => type.Assembly == typeof(MessageTypes).Assembly
           || type.Assembly.GetName().Name is { } name
           && (name.StartsWith("System.", StringComparison.Ordinal) || name.StartsWith("Microsoft.", StringComparison.Ordinal));
}
