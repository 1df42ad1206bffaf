using System.Text.Json.Nodes;

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
        foreach (var line in File.Exists(path) ? File.ReadLines(path) : [])
        {
            if (JsonNode.Parse(line) is JsonObject fields && fields["seconds"] is { } seconds && fields["step"] is { } step && step.GetValue<long>() > last)
            {
                // A coordinator that had been written off may have added a line of its own late; each step counts once.
                last = step.GetValue<long>();
                totals = totals.Add(seconds.GetValue<double>(), fields["dropped"]?.GetValue<long>(), fields["grown"]?.GetValue<long>());
            }
        }

        return totals;
    }

    /// <summary>The totals after one more step.</summary>
    public RunTotals Add(double seconds, long? dropped, long? grown) =>
        new(Seconds + seconds, TopologyUpdates + (dropped is null ? 0 : 1), Dropped + (dropped ?? 0), Grown + (grown ?? 0));
}
