using System.Runtime.CompilerServices;

namespace Orleans.Storage;

/// <summary>Makes empty state: by the constructor without parameters, or without any.</summary>
internal static class StateActivator
{
    public static T Create<T>()
    {
        var type = typeof(T);
        if (type.IsValueType || type == typeof(string) || type.IsAbstract || type.IsArray)
        {
            return default!;
        }

        return type.GetConstructor([]) is null
            ? (T)RuntimeHelpers.GetUninitializedObject(type)
            : Activator.CreateInstance<T>();
    }
}
