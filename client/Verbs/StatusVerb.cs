using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using NeuroTrails.Checkpoints;
using NeuroTrails.Client.Cli;
using NeuroTrails.Client.Display;
using NeuroTrails.Client.Status;
using NeuroTrails.Contracts;
using NeuroTrails.Methods;
using NeuroTrails.Running;

namespace NeuroTrails.Client.Verbs;

internal sealed class StatusVerb : IVerb
{
    private readonly Argument<string> _run = new("RUN") { Description = "Folder of the run, or its name in the cluster" };
    private readonly Option<bool> _check = new("--check")
    {
        Description = "Reads the folder's checkpoints too, and says whether their files, masks and steps agree",
    };
    private readonly Option<bool> _json = new("--json")
    {
        Description = "Prints one JSON object instead; its fields are in docs/command-line.md",
    };
    private readonly ClusterOptions _cluster = new();

    public string Name => "status";

    public IReadOnlyList<string> Examples { get; } =
    ["status runs/quickstart --check", "status runs/quickstart --json", "status long --cluster 127.0.0.1:30000"];

    public Command Build(ClientHost host)
    {
        var command = new Command(Name, "Says where a run stands: settings, last figures, checkpoints") { _run, _check, _json };
        _cluster.AddTo(command);
        command.SetAction(
            (parsed, stop) =>
                Failures.GuardReadingAsync(
                    host,
                    parsed,
                    () =>
                    {
                        // The variable speaks for names; a folder that is here was meant as one.
                        var run = parsed.GetValue(_run)!;
                        return _cluster.TryRead(parsed, host, orVariable: !Directory.Exists(run)) is not { } cluster
                                ? Task.FromResult(Run(run, parsed.GetValue(_check), parsed.GetValue(_json), host))
                            : parsed.GetValue(_json)
                                ? throw new WrongUsageException(
                                    $"--json tells of run folders. Give the run's folder instead of the name '{run}', or leave --json out."
                                )
                            : parsed.GetValue(_check)
                                ? throw new WrongUsageException(
                                    $"--check reads checkpoints, which a cluster's runs keep in its runs folder. Give the run's folder "
                                        + $"instead of the name '{run}', or leave --check out."
                                )
                            : RunAsync(cluster, run, host, stop);
                    }
                )
        );
        return command;
    }

    private static int Run(string path, bool check, bool json, ClientHost host)
    {
        var status = RunStatus.Read(new RunFolder(SharedOptions.ExistingRun(path, "status")), host.Time);
        var report = RunReport.Of(path, status, host.Time);
        if (json)
        {
            report = report with { Damage = check ? CheckpointCheck.Of(status).Findings : null };
            host.Output.WriteLine(JsonSerializer.Serialize(report, RunReportJson.Default.RunReport));
            return report.Damage is { Count: > 0 } ? ExitCode.Failure : ExitCode.Success;
        }

        var options = status.Options;
        Line(host, "run", path);
        Line(host, "state", State(status));
        if (status.Writer is { } writer)
        {
            Line(host, "written by", writer);
        }

        Line(
            host,
            "network",
            $"{options.Model.Name} on {options.Data.Name}, {EnsembleMethods.Of(options.Ensemble.Method).Describe(options.Ensemble)}, "
                + $"density {Readable.Share(options.Topology.Density)}, seed {options.Seed}"
        );
        if (status.Summary is null && status.Metrics.Last is { } metrics)
        {
            Line(host, "last", Text(metrics));
        }

        Line(
            host,
            "checkpoints",
            status.Checkpoints.Count == 0
                ? "none yet"
                : $"{(status.Checkpoints.Count == 1 ? "step" : "steps")} "
                    + $"{string.Join(", ", status.Checkpoints.Select(entry => entry.Step))}"
        );
        var sound = !check || Check(status, host);
        if (status.Best is { } best)
        {
            Line(host, "best", string.Create(CultureInfo.InvariantCulture, $"step {best.Step}, {best.Metric} {best.Value:0.0000}"));
        }

        if (status.Summary is not null)
        {
            SummaryText.Print(host, status.Summary);
        }

        Failure(report, host);

        return sound ? ExitCode.Success : ExitCode.Failure;
    }

    private static void Failure(RunReport report, ClientHost host)
    {
        if (report.Failure is { } failure)
        {
            var owner = failure.Owner is { } name ? $", {name}" : string.Empty;
            Line(
                host,
                "failed",
                $"{Readable.At(failure.Step)}{owner}, "
                    + $"{failure.Time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)} UTC"
            );
            Line(host, "why", failure.Reason);
        }

        if (report.Resume is { } resume)
        {
            Line(host, report.Failure?.IsUsers == true ? "then" : "go on with", resume);
        }

        if (report.StartAnew is { } anew)
        {
            Line(host, "start anew", anew);
        }
    }

    private static bool Check(RunStatus status, ClientHost host)
    {
        var check = CheckpointCheck.Of(status);
        foreach (var audit in check.Sound)
        {
            Line(
                host,
                "checked",
                $"step {audit.Step}: files as they were written, {Readable.Count(audit.Owners.Count, "owner")} at one step, "
                    + $"{Readable.Count(audit.ActiveWeights, "active weight")}"
            );
        }

        foreach (var finding in check.Findings)
        {
            Line(host, "DAMAGED", finding);
        }

        return check.Findings.Count == 0;
    }

    private static async Task<int> RunAsync(ClusterAddress cluster, string run, ClientHost host, CancellationToken stop)
    {
        var (snapshot, layout) = await host.Cluster().StatusAsync(cluster, run, stop);
        Line(host, "run", run);
        Line(host, "state", $"{ClusterRun.Phase(snapshot.Phase)} {Readable.At(snapshot.Step)}");
        if (snapshot.Waiting is { } missing)
        {
            Line(host, "waits", missing);
        }

        Progress(snapshot, host);
        foreach (var place in layout)
        {
            Line(host, place.Owner, $"{place.Member}/{place.Device}");
        }

        if (snapshot.Failure is { } failure)
        {
            Line(host, "failure", failure.Reason);
        }

        if (snapshot.Summary is not null)
        {
            SummaryText.Print(host, snapshot.Summary);
        }

        return ExitCode.Success;
    }

    // What the coordinator has told of lately; one that has moved tells it anew.
    private static void Progress(RunSnapshot snapshot, ClientHost host)
    {
        if (snapshot.Updates.OfType<StepProgress>().LastOrDefault() is { } step)
        {
            string[] speed = snapshot.Phase == RunPhase.Running ? [.. RunLines.Speed(step)] : [];
            Line(
                host,
                "progress",
                string.Join(
                    ", ",
                    [$"{Readable.Count(step.Step)} of {Readable.Count(step.TotalSteps, "step")}", RunLines.Epoch(step), .. speed]
                )
            );
            Line(host, "loss", Readable.Heads(step.LossPerHead));
            if (step.Accuracy is { } accuracy)
            {
                Line(host, "accuracy", $"{Readable.Share(accuracy)} on the last batch");
            }
        }

        if (snapshot.Updates.OfType<RunMeasured>().LastOrDefault() is { } measured)
        {
            Line(host, "measured", RunLines.Line(measured));
        }
    }

    private static string State(RunStatus status) =>
        (status.State, status.Checkpoints.Count) switch
        {
            ("finished" or "running", _) => status.State,
            (var ended, 0) => $"{ended} before its first checkpoint",
            var (ended, _) => $"{ended}; the newest checkpoint is of step {status.Checkpoints[^1].Step}",
        };

    private static string Text(JsonElement metrics) =>
        metrics.ValueKind != JsonValueKind.Object
            ? metrics.ToString()
            : string.Join(", ", metrics.EnumerateObject().Select(pair => $"{pair.Name} {Value(pair.Value)}"));

    private static string Value(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.Number when value.TryGetInt64(out var whole) => whole.ToString(CultureInfo.InvariantCulture),
            JsonValueKind.Number => Readable.Any(value.GetDouble()),
            JsonValueKind.Array
                when Readable.IsMany(value.GetArrayLength())
                    && value.EnumerateArray().All(item => item.ValueKind == JsonValueKind.Number) =>
                $"[{Readable.Heads([.. value.EnumerateArray().Select(item => item.GetDouble())])}]",
            JsonValueKind.Array => $"[{string.Join(' ', value.EnumerateArray().Select(Value))}]",
            _ => value.ToString(),
        };

    private static void Line(ClientHost host, string label, string text) => host.Output.WriteLine($"{label, -12}{text}");
}
