using System.Text.Json;
using NeuroTrails.Checkpoints;
using NeuroTrails.Running;

namespace NeuroTrails.Grains;

/// <summary><c>summary.json</c>: the figures of a finished run, or why a run failed.</summary>
public static class SummaryFile
{
    /// <summary>The summary; null where there is none, the run failed, or the file is damaged and the run is to be measured again.</summary>
    /// <param name="path">The file.</param>
    public static RunSummary? Read(string path)
    {
        try
        {
            return File.Exists(path) ? JsonSerializer.Deserialize(RegularFile.ReadAllText(path), RunJson.Default.RunSummary) : null;
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException or NotRegularFileException)
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
        catch (Exception fault) when (fault is JsonException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Removes what tells of a failure: the run goes on.</summary>
    /// <param name="path">The file.</param>
    internal static void Forget(string path)
    {
        if (ReadFailure(path) is not null)
        {
            File.Delete(path);
        }
    }
}
