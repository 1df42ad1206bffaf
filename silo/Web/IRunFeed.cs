namespace NeuroTrails.Silo.Web;

/// <summary>Where the page's data come from. The page knows no other way to a run: not its grains, and not its files.</summary>
internal interface IRunFeed
{
    /// <summary>Silos and runs.</summary>
    /// <param name="stop">Gives up.</param>
    Task<FeedOverview> Overview(CancellationToken stop);

    /// <summary>Follows a run: first all that is known of it, then what happens, until it is given up. Ends by itself only where nothing
    /// more can come.</summary>
    /// <param name="run">The run.</param>
    /// <param name="after">Sequence number of the last update that the caller has seen; 0 at first.</param>
    /// <param name="stop">Gives up.</param>
    IAsyncEnumerable<FeedBatch> Follow(string run, long after, CancellationToken stop);

    /// <summary>Asks a run for a checkpoint and an orderly end.</summary>
    /// <param name="run">The run.</param>
    /// <returns>Why not; null where it was asked.</returns>
    Task<string?> Stop(string run);

    /// <summary>Goes on with a run by its own settings.</summary>
    /// <param name="run">The run.</param>
    /// <returns>Why not; null where it is under way.</returns>
    Task<string?> Resume(string run);
}
