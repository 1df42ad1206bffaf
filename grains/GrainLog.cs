using Microsoft.Extensions.Logging;

namespace NeuroTrails.Grains;

internal static partial class GrainLog
{
    [LoggerMessage(LogLevel.Information, "{Owner} serves generation {Generation} on {Device}: {Active} of {Count} masked weights active")]
    public static partial void Prepared(ILogger logger, string owner, long generation, string device, long active, long count);

    [LoggerMessage(LogLevel.Warning, "Step {Step}: the loss of head {Head} is {Loss}; nobody applied the step")]
    public static partial void NonFinite(ILogger logger, long step, int head, double loss);

    [LoggerMessage(LogLevel.Information, "Topology update after step {Step}: {Dropped} dropped, {Grown} grown, {Active} active")]
    public static partial void TopologyUpdated(ILogger logger, long step, long dropped, long grown, long active);

    [LoggerMessage(LogLevel.Information, "Checkpoint of step {Step} committed")]
    public static partial void Committed(ILogger logger, long step);

    [LoggerMessage(LogLevel.Warning, "Generation {Generation} failed at step {Step}; going back to the last checkpoint")]
    public static partial void Recovering(ILogger logger, Exception fault, long generation, long step);

    [LoggerMessage(LogLevel.Warning, "Run {RunId}: an owner could not be released")]
    public static partial void ReleaseFailed(ILogger logger, Exception fault, string runId);

    [LoggerMessage(LogLevel.Warning, "The coordinator of run {RunId} could not be reached; trying again with the next pulse")]
    public static partial void Unreachable(ILogger logger, Exception fault, string runId);

    [LoggerMessage(LogLevel.Warning, "The cluster grain did not hear what run {RunId} has to say; trying again in a second")]
    public static partial void Unheard(ILogger logger, Exception fault, string runId);

    [LoggerMessage(LogLevel.Information, "Run {RunId} moves its owners at step {Step}")]
    public static partial void Moving(ILogger logger, string runId, long step);

    [LoggerMessage(LogLevel.Warning, "Run {RunId} has another coordinator by now; this one ends")]
    public static partial void Overtaken(ILogger logger, Exception fault, string runId);

    [LoggerMessage(LogLevel.Warning, "Run {RunId}: why it failed could not be written to summary.json")]
    public static partial void FailureNotWritten(ILogger logger, Exception fault, string runId);

    [LoggerMessage(LogLevel.Error, "Run {RunId} failed at step {Step}")]
    public static partial void Failed(ILogger logger, Exception fault, string runId, long step);

    [LoggerMessage(LogLevel.Information, "The plain half of a measurement ended early.")]
    public static partial void PlainEnded(ILogger logger, Exception fault);
}
