namespace NeuroTrails.Silo.Web;

/// <summary>Where the page's data come from. The page knows no other way to a run: not its grains, and not its files.</summary>
internal interface IRunFeed
{
    Task<FeedOverview> Overview(CancellationToken stop);

    // Follows a run: first all that is known of it, then what happens, until it is given up. Ends by itself only where nothing more can
    // come.
    IAsyncEnumerable<FeedBatch> Follow(string run, long after, CancellationToken stop);

    // Why not; null where it was asked for a checkpoint and an orderly end.
    Task<string?> Stop(string run);

    // Why not; null where it is under way.
    Task<string?> Resume(string run);
}
