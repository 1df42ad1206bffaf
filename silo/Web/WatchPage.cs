using Microsoft.Extensions.Logging.Abstractions;
using NeuroTrails.Running;

namespace NeuroTrails.Silo.Web;

/// <summary>The live page for one run's folder: what was, and what another process is writing.</summary>
public static class WatchPage
{
    /// <summary>Serves the page until it is told to stop.</summary>
    /// <param name="folder">The run's folder.</param>
    /// <param name="web">Where the page shall be.</param>
    /// <param name="ready">Receives the page's address once it is there.</param>
    /// <param name="time">Clock.</param>
    /// <param name="stop">Ends it.</param>
    /// <exception cref="UserErrorException">It cannot be listened there.</exception>
    public static async Task ServeAsync(string folder, PageRequest web, Action<string> ready, TimeProvider time, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(web);
        ArgumentNullException.ThrowIfNull(ready);
        var scope = WebScope.OfFolder(folder);
        await using var server = new WebServer(
            new() { Web = web, Feed = new FolderRunFeed(scope.Title, scope.Folders, time) },
            time,
            NullLoggerFactory.Instance
        );
        await server.StartAsync(stop);
        ready(server.Welcome!);
        await Task.Delay(Timeout.InfiniteTimeSpan, time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await server.StopAsync(CancellationToken.None);
    }
}
