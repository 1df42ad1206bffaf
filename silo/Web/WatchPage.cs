using Microsoft.Extensions.Logging.Abstractions;
using NeuroTrails.Running;

namespace NeuroTrails.Silo.Web;

/// <summary>The live page for one run's folder: what was, and what another process is writing.</summary>
internal static class WatchPage
{
    public static async Task ServeAsync(string folder, PageRequest web, Action<string> ready, TimeProvider time, CancellationToken stop)
    {
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
