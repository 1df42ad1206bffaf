namespace NeuroTrails.Methods;

/// <summary>The methods by name.</summary>
public static class EnsembleMethods
{
    /// <summary>Every method, in the order of the documentation. A new one is registered here and named among the values of
    /// <c>ensemble.method</c>.</summary>
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

    /// <summary>A method of this name; null where there is none.</summary>
    /// <param name="name">Value of <c>ensemble.method</c>.</param>
    public static EnsembleMethod? Find(string name) => All.FirstOrDefault(method => method.Name == name);

    /// <summary>A method of this name.</summary>
    /// <param name="name">Value of <c>ensemble.method</c>.</param>
    /// <exception cref="UserErrorException">There is none.</exception>
    public static EnsembleMethod Of(string name) =>
        Find(name)
        ?? throw new UserErrorException(
            $"There is no method '{name}'. Known: {string.Join(", ", All.Select(method => method.Name))}. Change ensemble.method."
        );
}
