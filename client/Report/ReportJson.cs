using System.Text.Json;
using System.Text.Json.Nodes;
using NeuroTrails.Configuration;
using NeuroTrails.Statistics;

namespace NeuroTrails.Client.Report;

/// <summary><c>report.json</c>: snake_case keys, absent values left out.</summary>
internal static class ReportJson
{
    /// <summary>Lines that a person can read.</summary>
    public static JsonSerializerOptions Readable { get; } = new() { WriteIndented = true };

    /// <summary>All that the report says.</summary>
    /// <param name="data">The report.</param>
    /// <param name="figures">Folder of the figures, relative to the file.</param>
    public static JsonObject Of(ReportData data, string figures) =>
        Without(
            new()
            {
                ["version"] = 1,
                ["title"] = data.Title,
                ["made"] = data.Made.ToString("O"),
                ["command"] = data.Command,
                ["comparison_command"] = data.ComparisonCommand,
                ["confidence"] = data.Confidence,
                ["notes"] = new JsonArray([.. data.Notes.Select(note => (JsonNode)note)]),
                ["methods"] = new JsonArray([.. data.Groups.Select(group => Method(group, data))]),
                ["differences"] = new JsonArray([.. data.Differences.Select(pair => Difference(pair))]),
                ["sample_differences"] = new JsonArray([.. data.SampleDifferences.Select(pair => Difference(pair))]),
                ["runs"] = new JsonArray([.. data.Groups.SelectMany(group => group.Runs.Select(run => Run(run, group, data)))]),
                ["figures"] = new JsonArray([
                    .. data.Figures.Select(figure => new JsonObject
                    {
                        ["id"] = figure.Id,
                        ["title"] = figure.Title,
                        ["caption"] = figure.Caption,
                        ["files"] = new JsonArray($"{figures}/{figure.Id}.svg", $"{figures}/{figure.Id}.png"),
                        ["columns"] = new JsonArray([.. figure.Table.Columns.Select(column => (JsonNode)column)]),
                        ["rows"] = new JsonArray([
                            .. figure.Table.Rows.Select(row => new JsonArray([
                                .. row.Select(cell =>
                                    cell.Value is { } value ? value
                                    : cell.Text == Cell.Absent ? null
                                    : (JsonNode)cell.Text
                                ),
                            ])),
                        ]),
                    }),
                ]),
            }
        );

    private static JsonObject Method(ReportGroup group, ReportData data)
    {
        var figures = new JsonObject();
        var all = data
            .Metrics.Select(metric => (metric.Key, Values: group.Values(metric.Of)))
            .Concat(CostKind.All.Select(cost => (cost.Key, Values: group.Values(run => cost.Of(run.Cost)))));
        foreach (var (key, values) in all.Where(figure => figure.Values.Count > 0))
        {
            var spread = Spread.Of([.. values.Select(run => run.Value)]);
            figures[key] = Without(
                new()
                {
                    ["runs"] = spread.Count,
                    ["mean"] = spread.Mean,
                    ["deviation"] = spread.Deviation,
                }
            );
        }

        return new()
        {
            ["name"] = group.Name,
            ["seeds"] = new JsonArray([.. group.Runs.Select(run => (JsonNode)run.Options.Seed)]),
            ["figures"] = figures,
        };
    }

    private static JsonObject Difference(PairedDifference pair) =>
        Without(
            new()
            {
                ["figure"] = pair.Metric.Key,
                ["method"] = pair.First,
                ["less"] = pair.Second,
                ["pairs"] = pair.Test.Pairs,
                ["difference"] = pair.Test.Difference,
                ["interval"] = Ends(pair.Test.Interval),
                ["p"] = pair.Test.P,
                ["p_holm"] = pair.Corrected,
            }
        );

    private static JsonObject Difference(SampleDifference pair) =>
        new()
        {
            ["figure"] = pair.Key,
            ["method"] = pair.First,
            ["less"] = pair.Second,
            ["seed"] = pair.Seed,
            ["samples"] = pair.Samples,
            ["difference"] = pair.Difference,
            ["interval"] = Ends(pair.Interval),
        };

    private static JsonObject Run(ReportRun run, ReportGroup group, ReportData data)
    {
        var figures = new JsonObject();
        foreach (var metric in data.Metrics)
        {
            if (metric.Of(run) is { } value)
            {
                figures[metric.Key] = value;
            }
        }

        foreach (var cost in CostKind.All)
        {
            if (cost.Of(run.Cost) is { } value)
            {
                figures[cost.Key] = value;
            }
        }

        var (accuracy, nll) = RunIntervals.Of(run, data.Confidence);
        return Without(
            new()
            {
                ["run"] = run.Name,
                ["method"] = group.Name,
                ["seed"] = run.Options.Seed,
                ["split"] = run.Evidence?.Split ?? run.Summary?.Split,
                ["step"] = run.Evidence?.Step ?? run.Summary?.Steps,
                ["samples"] = run.Figures?.Samples,
                ["figures"] = figures,
                ["accuracy_interval"] = Ends(accuracy),
                ["nll_interval"] = Ends(nll),
                ["runtime"] = run.Summary?.Runtime,
                ["settings"] = Settings(run),
                ["data"] = DataHashes(run),
            }
        );
    }

    private static JsonObject Settings(ReportRun run)
    {
        var settings = new JsonObject();
        foreach (var (path, value) in RunOptionsWriter.Flatten(run.Options))
        {
            settings[path] = value;
        }

        return settings;
    }

    private static JsonObject? DataHashes(ReportRun run)
    {
        if (run.Data is not { } record)
        {
            return null;
        }

        var splits = new JsonObject { ["name"] = record.Name };
        foreach (var (name, split) in new[] { ("train", record.Train), ("validation", record.Validation), ("test", record.Test) })
        {
            if (split is not null)
            {
                splits[name] = new JsonObject
                {
                    ["samples"] = split.Samples,
                    ["labels_sha256"] = split.Labels,
                    ["contents_sha256"] = split.Contents,
                };
            }
        }

        return splits;
    }

    private static JsonArray? Ends(Interval? interval) => interval is { } known ? new JsonArray(known.Low, known.High) : null;

    private static JsonObject Without(JsonObject fields)
    {
        foreach (var name in fields.Where(field => field.Value is null).Select(field => field.Key).ToList())
        {
            fields.Remove(name);
        }

        return fields;
    }
}
