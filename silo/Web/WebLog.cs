using Microsoft.Extensions.Logging;

namespace NeuroTrails.Silo.Web;

internal static partial class WebLog
{
    [LoggerMessage(LogLevel.Warning, "Run {Run} could not be followed for the live page; it is tried again")]
    public static partial void FollowingFailed(ILogger logger, Exception fault, string run);

    [LoggerMessage(LogLevel.Warning, "The live page could not be told of the cluster; it is tried again")]
    public static partial void OverviewFailed(ILogger logger, Exception fault);
}
