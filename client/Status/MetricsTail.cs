using System.Text;
using System.Text.Json;
using NeuroTrails.Files;

namespace NeuroTrails.Client.Status;

/// <summary>The end of <c>metrics.jsonl</c>, read without the rest of it; the very last line may be half written.</summary>
internal sealed record MetricsTail
{
    private const int MostBytes = 4 << 20;
    private const int RecentSteps = 20;

    public JsonElement? Last { get; private init; }

    public JsonElement? Step { get; private init; }

    // The last line about a measurement, within the last few thousand steps.
    public JsonElement? Measured { get; private init; }

    public double? SecondsPerStep { get; private init; }

    public static MetricsTail Read(string path)
    {
        JsonElement? last = null,
            step = null,
            measured = null;
        var seconds = new List<double>();
        foreach (var line in LinesFromTheEnd(path).Select(Parse).OfType<JsonElement>())
        {
            last ??= line;
            if (line.TryGetProperty("split", out _))
            {
                measured ??= line;
            }
            else if (line.TryGetProperty("step", out _))
            {
                step ??= line;
                if (seconds.Count < RecentSteps && Number(line, "seconds") is { } took)
                {
                    seconds.Add(took);
                }
            }

            if (measured is not null && seconds.Count == RecentSteps)
            {
                break;
            }
        }

        return new()
        {
            Last = last,
            Step = step,
            Measured = measured,
            SecondsPerStep = seconds.Count == 0 ? null : seconds.Average(),
        };
    }

    public static double? Number(JsonElement line, string name) =>
        line.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetDouble() : null;

    public static double? Mean(JsonElement line, string name) =>
        line.TryGetProperty(name, out var list)
        && list.ValueKind == JsonValueKind.Array
        && list.GetArrayLength() > 0
        && list.EnumerateArray().All(item => item.ValueKind == JsonValueKind.Number)
            ? list.EnumerateArray().Average(item => item.GetDouble())
            : null;

    private static JsonElement? Parse(string line)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            return document.RootElement.ValueKind == JsonValueKind.Object ? document.RootElement.Clone() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static IEnumerable<string> LinesFromTheEnd(string path)
    {
        string text;
        bool whole;
        try
        {
            using var stream = RegularFile.OpenRead(path);
            whole = stream.Length <= MostBytes;
            stream.Seek(-Math.Min(MostBytes, stream.Length), SeekOrigin.End);
            using var reader = new StreamReader(stream, Encoding.UTF8);
            text = reader.ReadToEnd();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return [];
        }

        return text.Split('\n').Skip(whole ? 0 : 1).Reverse().Where(line => line.Length > 0);
    }
}
