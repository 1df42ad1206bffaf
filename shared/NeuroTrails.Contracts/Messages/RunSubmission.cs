namespace NeuroTrails.Contracts;

/// <summary>Asks a cluster to train.</summary>
/// <param name="RunId">Name of the run: its folder under the runs folder of every silo.</param>
/// <param name="Options">The run's settings as YAML, validated, not yet resolved; empty to go on with a run by its own.</param>
/// <param name="MayExist">Whether a run of that name may be there already, and is then gone on with.</param>
/// <param name="Pins">Owners that must live in a certain place: <c>head0=a/cuda:0</c>, <c>backbone=b</c>.</param>
/// <param name="Rebalance">Whether owners move when silos join.</param>
/// <param name="AllowChangedData">Whether a run goes on with data that are not those it was started with.</param>
/// <param name="Changes">Of a run that is gone on with by its own settings: those that shall change, as <c>path=value</c>.</param>
/// <param name="InitFrom">Folder of a run whose last weights a new run starts from, or of one of
/// its checkpoints; or a file of weights; only in a process of its own.</param>
/// <param name="Id">Equal for one submission that is sent again because its answer did not come.</param>
[GenerateSerializer, Immutable, Alias("nt.RunSubmission")]
public sealed record RunSubmission(
    string RunId,
    string Options,
    bool MayExist,
    string[] Pins,
    bool Rebalance,
    bool AllowChangedData = false,
    string[]? Changes = null,
    string? InitFrom = null,
    string? Id = null
)
{
    /// <summary>Whether settings shall change.</summary>
    public bool ChangesSettings => Changes is { Length: > 0 };
}
