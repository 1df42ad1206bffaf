using System.Text.Json;
using System.Text.Json.Nodes;
using NeuroTrails.Checkpoints;

namespace NeuroTrails.Grains;

/// <summary>What adds up over a run; read back from its metrics when it goes on, so that nothing is kept twice.</summary>
internal sealed record RunTotals(double Seconds, long TopologyUpdates, long Dropped, long Grown)
{
    public static RunTotals None { get; } = new(0, 0, 0, 0);

    /// <summary>The totals of the steps in a metrics file; it may be missing.</summary>
    public static RunTotals Read(string path)
    {
        var totals = None;
        var last = 0L;
        foreach (var line in File.Exists(path) ? RegularFile.ReadLines(path) : [])
        {
            // A coordinator that had been written off may have added a line of its own late; each step counts once.
            if (TryParse(line) is { } found && found.Step > last)
            {
                last = found.Step;
                totals = totals.Add(found.Seconds, found.Dropped, found.Grown);
            }
        }

        return totals;
    }

    /// <summary>The totals after one more step.</summary>
    public RunTotals Add(double seconds, long? dropped, long? grown) =>
        new(Seconds + seconds, TopologyUpdates + (dropped is null ? 0 : 1), Dropped + (dropped ?? 0), Grown + (grown ?? 0));

    // Null for the line of a measurement, and for one that somebody has damaged.
    private static (long Step, double Seconds, long? Dropped, long? Grown)? TryParse(string line)
    {
        try
        {
            if (JsonNode.Parse(line) is JsonObject fields && fields["seconds"] is { } seconds && fields["step"] is { } step)
            {
                return (step.GetValue<long>(), seconds.GetValue<double>(), Whole(fields["dropped"]), Whole(fields["grown"]));
            }

            return null;
        }
        catch (Exception fault) when (fault is JsonException or FormatException or InvalidOperationException or ArgumentException)
        {
            return null;
        }

        static long? Whole(JsonNode? count) => count?.GetValue<long>();
    }
}
