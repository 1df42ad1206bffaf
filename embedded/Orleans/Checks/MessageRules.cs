namespace Orleans.Runtime;

/// <summary>
/// Rejects at start what the package would only reject, or silently lose, when a message is first sent between processes:
/// in one process nothing is ever serialised, so without these rules a mistake would stay hidden until the first cluster.
/// </summary>
internal static class MessageRules
{
    /// <summary>Throws where a grain interface or a type that it sends breaks a rule.</summary>
    /// <exception cref="OrleansConfigurationException">Lists every breach.</exception>
    public static void Enforce(IEnumerable<Type> interfaces)
    {
        var breaches = Check(interfaces);
        if (breaches.Count > 0)
        {
            throw new OrleansConfigurationException(
                $"{breaches.Count} fault(s) in grain interfaces and messages would show only between processes:"
                + string.Concat(breaches.Select(breach => $"{Environment.NewLine}  - {breach}")));
        }
    }

    public static IReadOnlyList<string> Check(IEnumerable<Type> interfaces)
    {
        var walk = new MessageWalk();
        foreach (var type in interfaces)
        {
            walk.VisitInterface(type);
        }

        return walk.Breaches;
    }
}
