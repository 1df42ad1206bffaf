using Microsoft.Extensions.Logging;

namespace NeuroTrails.Checkpoints;

public sealed partial class CheckpointStore
{
    [LoggerMessage(LogLevel.Information, "Committed the checkpoint of step {Step}, {Bytes} bytes, as {Folder}")]
    private partial void LogCommitted(long step, long bytes, string folder);

    [LoggerMessage(LogLevel.Warning, "Passed over the checkpoint of step {Step} in {Folder}: {Reason}")]
    private partial void LogRejected(long step, string folder, string reason);

    [LoggerMessage(LogLevel.Information, "Removed what an interrupted run had left: {Folder}")]
    private partial void LogRemoved(string folder);

    [LoggerMessage(LogLevel.Warning, "Brought back the checkpoint {Folder}, whose replacement was interrupted")]
    private partial void LogBroughtBack(string folder);

    [LoggerMessage(LogLevel.Warning, "Ignored {File}, which tells the best checkpoint: {Reason}")]
    private partial void LogBestIgnored(string file, string reason);
}
