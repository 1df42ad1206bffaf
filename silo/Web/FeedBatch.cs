using NeuroTrails.Contracts;
using NeuroTrails.Running;

namespace NeuroTrails.Silo.Web;

/// <summary>Silos and runs.</summary>
/// <param name="Title">What this is: the cluster's name, or the run's.</param>
/// <param name="Members">Silos, by name.</param>
/// <param name="Runs">Runs, those under way first.</param>
internal sealed record FeedOverview(string Title, IReadOnlyList<SiloMember> Members, IReadOnlyList<FeedRun> Runs);

/// <summary>A run in a list.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Phase">Where it stands.</param>
/// <param name="Updated">When it last wrote something; null where it is under way, or not known.</param>
internal sealed record FeedRun(string Id, RunPhase Phase, DateTimeOffset? Updated);

/// <summary>What happened in a run.</summary>
/// <param name="Sequence">Sequence number of the newest update.</param>
/// <param name="Phase">Where the run stands.</param>
/// <param name="Updates">What happened since, oldest first.</param>
internal sealed record FeedBatch(long Sequence, RunPhase Phase, IReadOnlyList<RunUpdate> Updates)
{
    /// <summary>Where the owners live; null where it was not asked now.</summary>
    public IReadOnlyList<OwnerLocation>? Layout { get; init; }

    /// <summary>What the run waits for; null where it waits for nothing.</summary>
    public string? Waiting { get; init; }

    /// <summary>Why it failed; null where it did not.</summary>
    public string? Failure { get; init; }

    /// <summary>Its figures, once it is finished.</summary>
    public RunSummary? Summary { get; init; }
}
