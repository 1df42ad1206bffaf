using System.Text.Json;
using NeuroTrails.Checkpoints;
using NeuroTrails.Configuration;
using NeuroTrails.Running;

namespace NeuroTrails.Client.Status;

/// <summary>What a run folder tells about its run; reads only, so that it can look at a run that is under way.</summary>
internal sealed record RunStatus
{
    /// <summary>Whether a process is writing the folder.</summary>
    public required bool Running { get; init; }

    /// <summary>The run's settings.</summary>
    public required RunOptions Options { get; init; }

    /// <summary>The last whole line of <c>metrics.jsonl</c>; null where there is none.</summary>
    public required JsonElement? LastMetrics { get; init; }

    /// <summary>Committed checkpoints, oldest first.</summary>
    public required IReadOnlyList<CheckpointEntry> Checkpoints { get; init; }

    /// <summary>The best checkpoint; null where none was measured.</summary>
    public required BestCheckpoint? Best { get; init; }

    /// <summary>The figures of a finished run; null before.</summary>
    public required RunSummary? Summary { get; init; }

    /// <summary>Reads a run folder.</summary>
    /// <param name="folder">A folder that holds a run.</param>
    /// <param name="time">Clock for the checkpoint store.</param>
    /// <exception cref="UserErrorException">Its configuration cannot be read.</exception>
    public static RunStatus Read(RunFolder folder, TimeProvider time)
    {
        var store = new CheckpointStore(folder.Path, time);
        return new RunStatus
        {
            Running = IsLocked(folder),
            Options = new RunOptionsReader().AddFile(folder.ConfigPath).Read(),
            LastMetrics = LastLine(folder.MetricsPath),
            Checkpoints = store.List(),
            Best = store.Best,
            Summary = ReadSummary(folder.SummaryPath),
        };
    }

    // A writer holds the file for itself; sharing it is refused for as long as the writer lives.
    private static bool IsLocked(RunFolder folder)
    {
        try
        {
            using var stream = new FileStream(folder.LockPath, FileMode.Open, FileAccess.Read, FileShare.Read);
            return false;
        }
        catch (Exception fault) when (fault is FileNotFoundException or DirectoryNotFoundException or UnauthorizedAccessException)
        {
            return false;
        }
        catch (IOException)
        {
            return true;
        }
    }

    private static JsonElement? LastLine(string path)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        // The very last line may be half written.
        foreach (var line in File.ReadLines(path).Reverse().Take(2))
        {
            try
            {
                return JsonDocument.Parse(line).RootElement;
            }
            catch (JsonException)
            {
                // The line before it is whole.
            }
        }

        return null;
    }

    private static RunSummary? ReadSummary(string path)
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllText(path), RunJson.Default.RunSummary);
        }
        catch (Exception fault) when (fault is IOException or JsonException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
