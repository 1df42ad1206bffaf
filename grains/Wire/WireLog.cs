using Microsoft.Extensions.Logging;

namespace NeuroTrails.Grains.Wire;

internal static partial class WireLog
{
    [LoggerMessage(LogLevel.Information, "The plain half of a measurement ended early.")]
    public static partial void PlainEnded(ILogger logger, Exception fault);
}
