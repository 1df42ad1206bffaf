using System.Reflection;
using System.Runtime.CompilerServices;

namespace Orleans.Runtime;

/// <summary>Which members of a type travel: those with [Id], and the positional ones of records.</summary>
internal static class SerializedMembers
{
    private const BindingFlags Own =
        BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    public static bool IsMarked(Type type)
        => type.IsDefined(typeof(GenerateSerializerAttribute), inherit: false);

    /// <summary>The fields that travel, base classes first.</summary>
    public static IEnumerable<FieldInfo> Of(Type type)
        => IsMarked(type)
            ? WithBases(type).SelectMany(t => t.GetFields(Own).Where(f => Travels(t, f)))
            : AllFields(type);

    public static IEnumerable<FieldInfo> AllFields(Type type) => WithBases(type).SelectMany(t => t.GetFields(Own));

    /// <summary>The type's own fields, without its bases'.</summary>
    public static IEnumerable<FieldInfo> OwnFields(Type type) => type.GetFields(Own);

    /// <summary>The number of a member; null: it has none.</summary>
    public static uint? IdOf(Type declaring, FieldInfo field)
        => (field.GetCustomAttribute<IdAttribute>() ?? PropertyOf(declaring, field)?.GetCustomAttribute<IdAttribute>())?.Id;

    public static bool Travels(Type declaring, FieldInfo field)
        => IdOf(declaring, field) is not null || (!field.IsDefined(typeof(NonSerializedAttribute)) && IsPositional(declaring, field));

    /// <summary>The property that the compiler made this field for.</summary>
    public static PropertyInfo? PropertyOf(Type declaring, FieldInfo field)
        => field.Name.StartsWith('<') && field.IsDefined(typeof(CompilerGeneratedAttribute))
            ? declaring.GetProperty(field.Name[1..field.Name.IndexOf('>', StringComparison.Ordinal)], Own)
            : null;

    public static bool IsRecord(Type type)
        => type.GetMethod("<Clone>$", Own) is not null
           || (type.IsValueType && type.GetMethod("PrintMembers", Own) is { IsPrivate: true });

    private static bool IsPositional(Type declaring, FieldInfo field)
    {
        var included = IsRecord(declaring)
                       || declaring.GetCustomAttribute<GenerateSerializerAttribute>() is { IncludePrimaryConstructorParameters: true };
        var name = PropertyOf(declaring, field)?.Name;
        return included && name is not null && PrimaryConstructor(declaring) is { } constructor
               && Array.Exists(constructor.GetParameters(), p => p.Name == name);
    }

    // A record's Deconstruct has its primary constructor's parameters.
    private static ConstructorInfo? PrimaryConstructor(Type type)
    {
        var outputs = type.GetMethods(Own).Where(m => m.Name == "Deconstruct" && m.IsDefined(typeof(CompilerGeneratedAttribute)))
            .Select(m => m.GetParameters().Length).ToArray();
        return type.GetConstructors(Own).FirstOrDefault(c => outputs.Contains(c.GetParameters().Length));
    }

    private static Stack<Type> WithBases(Type type)
    {
        var chain = new Stack<Type>();
        for (var current = type; current is not null && current != typeof(object) && current != typeof(ValueType); current = current.BaseType)
        {
            chain.Push(current);
        }

        return chain;
    }
}
