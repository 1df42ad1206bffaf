using Microsoft.Extensions.Logging;

namespace Orleans.Runtime;

/// <content>Messages.</content>
internal sealed partial class Activation
{
    [LoggerMessage(Level = LogLevel.Error, Message = "Grain {GrainId} failed to activate.")]
    private static partial void LogActivationFailed(ILogger logger, GrainId grainId, Exception exception);

    [LoggerMessage(Level = LogLevel.Error, Message = "Grain {GrainId} failed while it was deactivated.")]
    private static partial void LogDeactivationFailed(ILogger logger, GrainId grainId, Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Grain {GrainId} was deactivated while a call was still running.")]
    private static partial void LogDeactivatedWhileBusy(ILogger logger, GrainId grainId);
}
