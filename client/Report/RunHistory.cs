using System.Text.Json;
using NeuroTrails.Files;

namespace NeuroTrails.Client.Report;

/// <summary>What <c>metrics.jsonl</c> tells of a run's course.</summary>
/// <param name="Losses">Epoch and mean training loss of the heads, in nats; neighbours are averaged where there are many.</param>
/// <param name="Measured">Epoch and accuracy on the validation split.</param>
/// <param name="Turnover">Every topology update.</param>
internal sealed record RunHistory(
    IReadOnlyList<(double Epoch, double Loss)> Losses,
    IReadOnlyList<(double Epoch, double Accuracy)> Measured,
    IReadOnlyList<MaskUpdate> Turnover
)
{
    private const int MostPoints = 200;

    public static RunHistory None { get; } = new([], [], []);

    // Reads the file; lines that are damaged or cut off are passed over.
    public static RunHistory Read(string path)
    {
        // A run that was set back writes steps again: what was written last counts.
        var losses = new SortedDictionary<long, (double Epoch, double Loss)>();
        var measured = new SortedDictionary<long, double>();
        var turnover = new SortedDictionary<long, MaskUpdate>();
        foreach (var line in Lines(path))
        {
            try
            {
                using var document = JsonDocument.Parse(line);
                var root = document.RootElement;
                if (
                    root.ValueKind != JsonValueKind.Object
                    || !root.TryGetProperty("step", out var number)
                    || !number.TryGetInt64(out var step)
                )
                {
                    continue;
                }

                if (root.TryGetProperty("split", out var split))
                {
                    if (split.ValueEquals("validation") && Number(root, "accuracy") is { } accuracy)
                    {
                        measured[step] = accuracy;
                    }
                }
                else if (root.TryGetProperty("head_loss", out var heads) && Number(root, "epoch") is { } epoch)
                {
                    var values = heads.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.Number).ToList();
                    losses[step] = (epoch, values.Count == 0 ? double.NaN : values.Average(item => item.GetDouble()));
                    if (root.TryGetProperty("masks", out var masks))
                    {
                        turnover[step] = new(step, [.. masks.EnumerateArray().Select(Layer)]);
                    }
                }
            }
            catch (Exception fault) when (fault is JsonException or InvalidOperationException)
            {
                // The others still count.
            }
        }

        var epochs = losses.ToDictionary(pair => pair.Key, pair => pair.Value.Epoch);
        return new(
            Thin([.. losses.Values.Where(point => double.IsFinite(point.Loss))]),
            [.. measured.Where(pair => epochs.ContainsKey(pair.Key)).Select(pair => (epochs[pair.Key], pair.Value))],
            [.. turnover.Values]
        );
    }

    private static string[] Lines(string path)
    {
        if (!File.Exists(path))
        {
            return [];
        }

        try
        {
            return RegularFile.ReadAllText(path).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private static (double Epoch, double Loss)[] Thin((double Epoch, double Loss)[] points)
    {
        var size = (points.Length + MostPoints - 1) / MostPoints;
        return size <= 1 ? points : [.. points.Chunk(size).Select(part => (part[^1].Epoch, part.Average(point => point.Loss)))];
    }

    private static LayerTurnover Layer(JsonElement layer) =>
        new(
            layer.GetProperty("owner").GetString() ?? "?",
            layer.GetProperty("layer").GetString() ?? "?",
            (long)(Number(layer, "active") ?? 0),
            (long)(Number(layer, "dropped") ?? 0),
            (long)(Number(layer, "grown") ?? 0)
        );

    private static double? Number(JsonElement element, string name) =>
        element.TryGetProperty(name, out var field) && field.ValueKind == JsonValueKind.Number ? field.GetDouble() : null;
}

internal sealed record MaskUpdate(long Step, IReadOnlyList<LayerTurnover> Layers);

/// <summary>Deaths and births in one layer.</summary>
internal sealed record LayerTurnover(string Owner, string Layer, long Active, long Dropped, long Grown);
