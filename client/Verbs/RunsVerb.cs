using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using NeuroTrails.Checkpoints;
using NeuroTrails.Client.Cli;
using NeuroTrails.Client.Display;
using NeuroTrails.Client.Status;

namespace NeuroTrails.Client.Verbs;

internal sealed class RunsVerb : IVerb
{
    private const string Usual = "runs";
    private readonly Argument<string> _folder = new("DIR")
    {
        Description = $"Folder that holds run folders; default {Usual}",
        DefaultValueFactory = _ => Usual,
    };
    private readonly Option<bool> _json = new("--json")
    {
        Description = "Prints one JSON object instead; its fields are in docs/command-line.md",
    };

    public string Name => "runs";

    public IReadOnlyList<string> Examples { get; } = ["runs", "runs ../elsewhere --json"];

    public Command Build(ClientHost host)
    {
        var command = new Command(Name, "Lists runs: state, step, accuracy, age, and why they failed; the one written last comes first")
        {
            _folder,
            _json,
        };
        command.SetAction(
            (parsed, _) =>
                Failures.GuardReadingAsync(
                    host,
                    parsed,
                    () => Task.FromResult(Run(parsed.GetValue(_folder)!, parsed.GetValue(_json), host))
                )
        );
        return command;
    }

    private static int Run(string folder, bool json, ClientHost host)
    {
        if (!Directory.Exists(folder) && folder != Usual)
        {
            throw new UserErrorException($"runs: there is no folder `{folder}`. Name one that holds run folders, or none for {Usual}.");
        }

        var reports = Folders(folder)
            .Select(run => RunReport.Read(run, host.Time))
            .OrderByDescending(report => report.Updated)
            .ThenBy(report => report.Run, StringComparer.Ordinal)
            .ToList();
        if (json)
        {
            host.Output.WriteLine(JsonSerializer.Serialize(new(reports), RunReportJson.Default.RunReports));
        }
        else if (reports.Count == 0)
        {
            host.Output.WriteLine($"no runs in {folder}");
        }
        else
        {
            Print(reports, host);
        }

        return ExitCode.Success;
    }

    private static List<string> Folders(string folder)
    {
        if (new RunFolder(folder).HoldsRun)
        {
            return [folder];
        }

        try
        {
            return [.. Directory.Exists(folder) ? Directory.EnumerateDirectories(folder).Where(run => new RunFolder(run).HoldsRun) : []];
        }
        catch (UnauthorizedAccessException fault)
        {
            throw new UserErrorException($"runs: `{folder}` cannot be read: {fault.Message}", fault);
        }
    }

    // Lines, not a table with borders: the reasons are long, and a terminal folds a line better than a table folds a cell.
    private static void Print(IReadOnlyList<RunReport> reports, ClientHost host)
    {
        string[][] rows =
        [
            ["run", "state", "step", "accuracy", "age", ""],
            .. reports.Select(Row),
        ];
        var widths = Enumerable.Range(0, rows[0].Length - 1).Select(column => rows.Max(row => row[column].Length)).ToList();
        foreach (var row in rows)
        {
            host.Output.WriteLine(
                string.Concat(widths.Select((width, column) => row[column].PadRight(width + 2)).Append(row[^1])).TrimEnd()
            );
        }
    }

    private static string[] Row(RunReport report) =>
        [
            report.Run,
            report.State,
            $"{Count(report.Step)}/{Count(report.TotalSteps)}",
            report.Accuracy is { } accuracy ? $"{Readable.Share(accuracy)} {report.AccuracySplit}" : "–",
            report.AgeSeconds is { } age ? Readable.Span(TimeSpan.FromSeconds(age)) : "–",
            report.Problem ?? (report.Failure is { } failure ? failure.Reason.ReplaceLineEndings(" ") : string.Empty),
        ];

    private static string Count(long? value) => value?.ToString(CultureInfo.InvariantCulture) ?? "–";
}
