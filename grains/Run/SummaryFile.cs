using System.Text.Json;
using NeuroTrails.Files;
using NeuroTrails.Running;

namespace NeuroTrails.Grains;

/// <summary><c>summary.json</c>: the figures of a finished run, or why a run failed.</summary>
internal static class SummaryFile
{
    // The summary; null where there is none, the run failed, or the file is damaged and the run is to be measured again.
    public static RunSummary? Read(string path)
    {
        try
        {
            return File.Exists(path) ? JsonSerializer.Deserialize(RegularFile.ReadAllText(path), RunJson.Default.RunSummary) : null;
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    // Why the run failed; null where it did not, or nothing can be read.
    public static RunFailure? ReadFailure(string path)
    {
        try
        {
            return File.Exists(path) ? JsonSerializer.Deserialize(RegularFile.ReadAllText(path), RunJson.Default.FailedRun)?.Failure : null;
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    // Removes what tells of an end that was none: the run goes on.
    internal static void Forget(string path, bool isFinished)
    {
        if (File.Exists(path) && (!isFinished || ReadFailure(path) is not null))
        {
            File.Delete(path);
        }
    }
}
