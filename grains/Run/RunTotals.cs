using System.Text.Json;
using System.Text.Json.Nodes;
using NeuroTrails.Files;

namespace NeuroTrails.Grains;

/// <summary>What adds up over a run; read back from its metrics when it goes on, so that nothing is kept twice.</summary>
/// <param name="Seconds">Of all steps.</param>
/// <param name="TopologyUpdates">Topology updates.</param>
/// <param name="Dropped">Weights dropped.</param>
/// <param name="Grown">Weights grown.</param>
/// <param name="CpuJoules">Of all steps; null where the machine did not tell it of each.</param>
internal sealed record RunTotals(double Seconds, long TopologyUpdates, long Dropped, long Grown, double? CpuJoules)
{
    /// <summary>Name of a step's energy in its line.</summary>
    public const string CpuJoulesKey = "cpu_joules";

    public static RunTotals None { get; } = new(0, 0, 0, 0, 0);

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
                totals = totals.Add(found.Seconds, found.Dropped, found.Grown, found.CpuJoules);
            }
        }

        return totals;
    }

    /// <summary>The totals after one more step.</summary>
    public RunTotals Add(double seconds, long? dropped, long? grown, double? joules) =>
        new(
            Seconds + seconds,
            TopologyUpdates + (dropped is null ? 0 : 1),
            Dropped + (dropped ?? 0),
            Grown + (grown ?? 0),
            CpuJoules + joules
        );

    /// <summary>Step and split of a measurement's line; null for any other.</summary>
    public static (long Step, string Split)? TryMeasured(string line) =>
        Fields(
            line,
            fields =>
                fields["split"] is { } split && fields["step"] is { } step
                    ? (step.GetValue<long>(), split.GetValue<string>())
                    : ((long, string)?)null
        );

    // Null for the line of a measurement, and for one that somebody has damaged.
    private static (long Step, double Seconds, long? Dropped, long? Grown, double? CpuJoules)? TryParse(string line)
    {
        return Fields(
            line,
            fields =>
                fields["seconds"] is { } seconds && fields["step"] is { } step
                    ? (
                        step.GetValue<long>(),
                        seconds.GetValue<double>(),
                        Whole(fields["dropped"]),
                        Whole(fields["grown"]),
                        fields[CpuJoulesKey]?.GetValue<double>()
                    )
                    : ((long, double, long?, long?, double?)?)null
        );

        static long? Whole(JsonNode? count) => count?.GetValue<long>();
    }

    private static T? Fields<T>(string line, Func<JsonObject, T?> read)
        where T : struct
    {
        try
        {
            return JsonNode.Parse(line) is JsonObject fields ? read(fields) : null;
        }
        catch (Exception fault) when (fault is JsonException or FormatException or InvalidOperationException or ArgumentException)
        {
            return null;
        }
    }
}
