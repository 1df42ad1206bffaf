using Microsoft.Extensions.Logging;

namespace NeuroTrails.Silo.Web;

/// <summary>What the page's host writes to the log.</summary>
internal static partial class WebLog
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "Run {Run} could not be followed for the live page; it is tried again")]
    public static partial void FollowingFailed(ILogger logger, Exception fault, string run);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The live page could not be told of the cluster; it is tried again")]
    public static partial void OverviewFailed(ILogger logger, Exception fault);
}
