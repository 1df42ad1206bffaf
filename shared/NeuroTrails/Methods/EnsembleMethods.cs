using System.Collections.Concurrent;

namespace NeuroTrails.Methods;

/// <summary>The methods by name: the built-in ones, and those that a program registers.</summary>
public static class EnsembleMethods
{
    private static readonly ConcurrentDictionary<string, EnsembleMethod> Registered = new(StringComparer.Ordinal);

    /// <summary>The built-in methods, in the order of the documentation. A new one is registered here.</summary>
    public static IReadOnlyList<EnsembleMethod> All { get; } =
    [
        new NeuroTrailsMethod(),
        new StaticMasks(),
        new RandomSearch(),
        new TreeNet(),
        new SingleNetwork(),
        new DeepEnsemble(),
        new FreeTicketsDst(),
        new FreeTicketsEdst(),
        new Subnetworks(),
        new BatchEnsemble(),
        new Mimo(),
        new Masksembles(),
        new Packed(),
        new SnapshotEnsemble(),
        new Swag(),
        new McDropout(),
        new SparseIft(),
        new Distil(),
    ];

    /// <summary>Names of all methods.</summary>
    public static IEnumerable<string> Names => All.Select(method => method.Name).Concat(Registered.Keys.Order(StringComparer.Ordinal));

    /// <summary>Adds a method of one's own to this process, before a run names it.</summary>
    /// <param name="method">The method.</param>
    /// <exception cref="ArgumentException">Its name is a built-in method's.</exception>
    public static void Register(EnsembleMethod method)
    {
        ArgumentNullException.ThrowIfNull(method);
        if (All.Any(known => known.Name == method.Name))
        {
            throw new ArgumentException($"'{method.Name}' is a built-in method.", nameof(method));
        }

        Registered[method.Name] = method;
    }

    /// <summary>A method of this name; null where there is none.</summary>
    /// <param name="name">Value of <c>ensemble.method</c>.</param>
    public static EnsembleMethod? Find(string name) =>
        All.FirstOrDefault(method => method.Name == name) ?? Registered.GetValueOrDefault(name);

    /// <summary>A method of this name.</summary>
    /// <param name="name">Value of <c>ensemble.method</c>.</param>
    /// <exception cref="UserErrorException">There is none.</exception>
    public static EnsembleMethod Of(string name) =>
        Find(name)
        ?? throw new UserErrorException($"There is no method '{name}'. Known: {string.Join(", ", Names)}. Change ensemble.method.");
}
