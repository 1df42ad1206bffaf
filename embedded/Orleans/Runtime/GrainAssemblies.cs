using System.Reflection;

namespace Orleans.Runtime;

/// <summary>Finds the assemblies that can hold grains: all that the program refers to and that refer to this one.</summary>
internal static class GrainAssemblies
{
    private static readonly Assembly Own = typeof(GrainAssemblies).Assembly;

    public static IReadOnlyList<Assembly> Find()
    {
        var seen = new Dictionary<string, Assembly>(StringComparer.Ordinal);
        var next = new Queue<Assembly>(AppDomain.CurrentDomain.GetAssemblies().Where(a => !a.IsDynamic));
        if (Assembly.GetEntryAssembly() is { } entry)
        {
            next.Enqueue(entry);
        }

        while (next.TryDequeue(out var assembly))
        {
            if (IsPlatform(assembly.GetName()) || !seen.TryAdd(assembly.FullName!, assembly))
            {
                continue;
            }

            foreach (var name in assembly.GetReferencedAssemblies())
            {
                if (!IsPlatform(name) && !seen.ContainsKey(name.FullName) && TryLoad(name) is { } referenced)
                {
                    next.Enqueue(referenced);
                }
            }
        }

        return [.. seen.Values.Where(a => a == Own || Array.Exists(a.GetReferencedAssemblies(), RefersHere))];
    }

    public static IEnumerable<Type> TypesOf(Assembly assembly)
    {
        try
        {
            return assembly.GetTypes();
        }
        catch (ReflectionTypeLoadException exception)
        {
            return exception.Types.OfType<Type>();
        }
    }

    private static bool RefersHere(AssemblyName name) => name.Name == Own.GetName().Name;

    private static bool IsPlatform(AssemblyName name)
        => name.Name is null or "mscorlib" or "netstandard" or "System"
           || name.Name.StartsWith("System.", StringComparison.Ordinal)
           || name.Name.StartsWith("Microsoft.", StringComparison.Ordinal);

    private static Assembly? TryLoad(AssemblyName name)
    {
        try
        {
            return Assembly.Load(name);
        }
        catch (Exception exception) when (exception is IOException or BadImageFormatException)
        {
            // A reference that is not deployed holds no grains of this program.
            return null;
        }
    }
}
