using System.Text.Json;
using NeuroTrails.Files;
using NeuroTrails.Running;

namespace NeuroTrails.Grains;

/// <summary><c>summary.json</c>: the figures of a finished run, or why a run failed.</summary>
public static class SummaryFile
{
    /// <summary>The summary; null where there is none, the run failed, or the file is damaged and
    /// the run is to be measured again.</summary>
    /// <param name="path">The file.</param>
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

    /// <summary>Why the run failed; null where it did not, or nothing can be read.</summary>
    /// <param name="path">The file.</param>
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

    /// <summary>Removes what tells of an end that was none: the run goes on.</summary>
    /// <param name="path">The file.</param>
    /// <param name="isFinished">Whether the run has all its steps, so that the figures of a finished one stay.</param>
    internal static void Forget(string path, bool isFinished)
    {
        if (File.Exists(path) && (!isFinished || ReadFailure(path) is not null))
        {
            File.Delete(path);
        }
    }
}
