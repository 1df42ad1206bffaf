using NeuroTrails.Contracts;
using NeuroTrails.Running;

namespace NeuroTrails.Silo.Web;

internal sealed record FeedOverview(string Title, IReadOnlyList<SiloMember> Members, IReadOnlyList<FeedRun> Runs);

internal sealed record FeedRun(string Id, RunPhase Phase, DateTimeOffset? Updated);

/// <summary>What happened in a run.</summary>
internal sealed record FeedBatch(long Sequence, RunPhase Phase, IReadOnlyList<RunUpdate> Updates)
{
    // Where the owners live; null where it was not asked now.
    public IReadOnlyList<OwnerLocation>? Layout { get; init; }

    public string? Waiting { get; init; }

    public string? Failure { get; init; }

    public RunSummary? Summary { get; init; }
}
