using System.Text.Json;
using System.Text.Json.Nodes;
using NeuroTrails.Files;
using NeuroTrails.Running;

namespace NeuroTrails.Silo;

/// <summary>
/// What was measured under corruptions, a JSON object a line in the run's folder: a measurement that was broken off goes on where it
/// stopped. Lines of other checkpoints, data, splits and seeds stay.
/// </summary>
internal sealed class CorruptionLog(string path, IReadOnlyDictionary<string, string> key)
{
    public IReadOnlyList<CorruptionFigures> Read() => [.. Lines().Select(Figures).OfType<CorruptionFigures>()];

    public void Add(CorruptionFigures figures)
    {
        var line = JsonSerializer.SerializeToNode(figures, RunJson.Default.CorruptionFigures)!.AsObject();
        foreach (var (name, value) in key.Reverse())
        {
            line.Insert(0, name, value);
        }

        AtomicFile.WriteAllText(path, string.Concat(Lines().Append(line).Select(item => item.ToJsonString() + "\n")));
    }

    private List<JsonObject> Lines()
    {
        try
        {
            return File.Exists(path) ? [.. RegularFile.ReadLines(path).Select(Parse).OfType<JsonObject>()] : [];
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private static JsonObject? Parse(string line)
    {
        try
        {
            return JsonNode.Parse(line) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private CorruptionFigures? Figures(JsonObject line)
    {
        try
        {
            return key.All(pair => line[pair.Key]?.GetValue<string>() == pair.Value)
                ? line.Deserialize(RunJson.Default.CorruptionFigures)
                : null;
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException or ArgumentException)
        {
            // In order: figures of another kind; a value that is no text; a key that stands there twice.
            return null;
        }
    }
}
