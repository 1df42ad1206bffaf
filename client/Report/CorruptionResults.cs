using System.Text.Json;
using NeuroTrails.Files;

namespace NeuroTrails.Client.Report;

/// <summary>A figure under one corruption at one severity.</summary>
internal sealed record CorruptionResult(string Corruption, int Severity, double Accuracy, double Ece);

/// <summary>What <c>eval --corruptions</c> has left in a run's folder.</summary>
internal static class CorruptionResults
{
    // The figures of one checkpoint and split, of the noise with the most of them; empty where there are none.
    public static IReadOnlyList<CorruptionResult> Read(string path, long step, string split)
    {
        if (!File.Exists(path))
        {
            return [];
        }

        var noises = new Dictionary<string, Dictionary<(string, int), CorruptionResult>>(StringComparer.Ordinal);
        try
        {
            foreach (var line in RegularFile.ReadAllText(path).Split('\n', StringSplitOptions.RemoveEmptyEntries))
            {
                if (Parse(line, step, split) is var (noise, result))
                {
                    (noises.TryGetValue(noise, out var known) ? known : noises[noise] = [])[(result.Corruption, result.Severity)] = result;
                }
            }
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return [];
        }

        return noises.Count == 0 ? [] : [.. noises.Values.MaxBy(noise => noise.Count)!.Values];
    }

    private static (string Noise, CorruptionResult Result)? Parse(string line, long step, string split)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            var root = document.RootElement;
            return Text("step") == FormattableString.Invariant($"{step}") && Text("split") == split
                ? (
                    string.Join('\n', new[] { "checkpoint", "seed", "data", "prediction", "version" }.Select(Text)),
                    new(
                        root.GetProperty("corruption").GetString()!,
                        root.GetProperty("severity").GetInt32(),
                        root.GetProperty("accuracy").GetDouble(),
                        root.GetProperty("ece").GetDouble()
                    )
                )
                : null;

            string? Text(string name) => root.TryGetProperty(name, out var field) ? field.GetString() : null;
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            // A damaged line; the others still count.
            return null;
        }
    }
}
