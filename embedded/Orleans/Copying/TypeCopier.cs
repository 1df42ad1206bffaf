using Orleans.Serialization;

namespace Orleans.Runtime;

/// <summary>Copies values of one type.</summary>
internal abstract class TypeCopier
{
    public abstract object Copy(object value, CopyContext context);

    public static TypeCopier For(Type type, bool lenient)
    {
        if (SharedTypes.IsShared(type) || type == typeof(object))
        {
            return Same.Instance;
        }

        if (typeof(IAddressable).IsAssignableFrom(type))
        {
            return new AddressableCopier();
        }

        if (type.IsArray)
        {
            return new ArrayCopier(type.GetElementType()!);
        }

        if (CollectionCopier.TryCreate(type) is { } collection)
        {
            return collection;
        }

        if (MemberCopier.TryCreate(type, lenient) is { } members)
        {
            return members;
        }

        throw new CodecNotFoundException($"Could not find a copier for type {type}: mark it with [GenerateSerializer] and its members with [Id].");
    }

    private sealed class Same : TypeCopier
    {
        public static readonly Same Instance = new();

        public override object Copy(object value, CopyContext context) => value;
    }

    private sealed class AddressableCopier : TypeCopier
    {
        public override object Copy(object value, CopyContext context) => value switch
        {
            GrainReference reference => reference,
            IGrainObserver => throw new NotSupportedException(
                $"IGrainObserver parameters must be GrainReference or Grain and cannot be type {value.GetType()}. "
                + "Did you forget to CreateObjectReference?"),
            _ => ((IAddressable)value).AsReference(MainInterface(value.GetType())),
        };

        private static Type MainInterface(Type grainClass)
        {
            var interfaces = grainClass.GetInterfaces()
                .Where(i => i.Assembly != typeof(IGrain).Assembly && typeof(IGrain).IsAssignableFrom(i)).ToArray();
            return interfaces.FirstOrDefault(i => interfaces.All(other => other.IsAssignableFrom(i))) ?? interfaces[0];
        }
    }
}
