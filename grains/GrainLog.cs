using Microsoft.Extensions.Logging;

namespace NeuroTrails.Grains;

/// <summary>What grains write to the log.</summary>
internal static partial class GrainLog
{
    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "{Owner} serves generation {Generation} on {Device}: {Active} of {Count} masked weights active"
    )]
    public static partial void Prepared(ILogger logger, string owner, long generation, string device, long active, long count);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Step {Step}: the loss of head {Head} is {Loss}; nobody applied the step")]
    public static partial void NonFinite(ILogger logger, long step, int head, double loss);

    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "Topology update after step {Step}: {Dropped} dropped, {Grown} grown, {Active} active"
    )]
    public static partial void TopologyUpdated(ILogger logger, long step, long dropped, long grown, long active);

    [LoggerMessage(Level = LogLevel.Information, Message = "Checkpoint of step {Step} committed")]
    public static partial void Committed(ILogger logger, long step);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Generation {Generation} failed at step {Step}; going back to the last checkpoint")]
    public static partial void Recovering(ILogger logger, Exception fault, long generation, long step);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Run {RunId}: an owner could not be released")]
    public static partial void ReleaseFailed(ILogger logger, Exception fault, string runId);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "The coordinator of run {RunId} could not be reached; trying again with the next pulse"
    )]
    public static partial void Unreachable(ILogger logger, Exception fault, string runId);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "The cluster grain did not hear what run {RunId} has to say; trying again in a second"
    )]
    public static partial void Unheard(ILogger logger, Exception fault, string runId);

    [LoggerMessage(Level = LogLevel.Information, Message = "Run {RunId} moves its owners at step {Step}")]
    public static partial void Moving(ILogger logger, string runId, long step);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Run {RunId} has another coordinator by now; this one ends")]
    public static partial void Overtaken(ILogger logger, Exception fault, string runId);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Run {RunId}: why it failed could not be written to summary.json")]
    public static partial void FailureNotWritten(ILogger logger, Exception fault, string runId);

    [LoggerMessage(Level = LogLevel.Error, Message = "Run {RunId} failed at step {Step}")]
    public static partial void Failed(ILogger logger, Exception fault, string runId, long step);
}
