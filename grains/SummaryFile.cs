using System.Text.Json;
using NeuroTrails.Running;

namespace NeuroTrails.Grains;

/// <summary><c>summary.json</c> of a finished run.</summary>
public static class SummaryFile
{
    /// <summary>The summary; null where there is none, or it is damaged, and the run is to be measured again.</summary>
    /// <param name="path">The file.</param>
    public static RunSummary? Read(string path)
    {
        try
        {
            return File.Exists(path) ? JsonSerializer.Deserialize(File.ReadAllText(path), RunJson.Default.RunSummary) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
