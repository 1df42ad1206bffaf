using Microsoft.Extensions.Logging;

namespace NeuroTrails.Checkpoints;

public sealed partial class CheckpointStore
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Committed the checkpoint of step {Step}, {Bytes} bytes, as {Folder}")]
    private partial void LogCommitted(long step, long bytes, string folder);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Passed over the checkpoint of step {Step} in {Folder}: {Reason}")]
    private partial void LogRejected(long step, string folder, string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "Removed what an interrupted run had left: {Folder}")]
    private partial void LogRemoved(string folder);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Brought back the checkpoint {Folder}, whose replacement was interrupted")]
    private partial void LogBroughtBack(string folder);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Ignored {File}, which tells the best checkpoint: {Reason}")]
    private partial void LogBestIgnored(string file, string reason);
}
