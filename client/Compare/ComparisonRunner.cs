using NeuroTrails.Checkpoints;
using NeuroTrails.Client.Cli;
using NeuroTrails.Client.Display;
using NeuroTrails.Client.Status;
using NeuroTrails.Configuration;
using NeuroTrails.Grains;
using NeuroTrails.Running;

namespace NeuroTrails.Client.Compare;

/// <summary>Takes the runs of a comparison to their ends, several at once, each as a process of its own.</summary>
internal sealed class ComparisonRunner
{
    private const int FewSteps = 10;
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);
    private readonly ComparisonPlan _plan;
    private readonly ClientHost _host;
    private readonly ComparisonDisplay _display;
    private readonly string _folder;
    private readonly List<ComparisonEntry> _entries;
    private readonly Queue<string> _slots;
    private readonly int _width;
    private readonly List<double> _overheads = [];
    private Comparison _record;

    public ComparisonRunner(ComparisonPlan plan, string folder, IReadOnlyList<string> slots, ClientHost host)
    {
        (_plan, _folder, _host, _record, _display) = (plan, folder, host, plan.Record, new(host));
        (_slots, _width) = (new(slots), slots.Count);
        var first = _record.Tune?.Select(setting => $"{setting.Key}={setting.Value[0]}").ToList() ?? [];
        _entries =
        [
            .. _record.Runs.Select(run => new ComparisonEntry(
                run,
                plan.Of(run.Method, run.Role == ComparedRole.Final ? first : TunedOf(run)),
                isPlanned: run.Role == ComparedRole.Trial || _record.Tune is null
            )),
        ];
    }

    // Runs until everything has ended, or until asked to stop; children then stop with a checkpoint.
    public async Task<Comparison> RunAsync(CancellationToken stop)
    {
        Directory.CreateDirectory(Path.Combine(_folder, "logs"));
        Write();
        while (true)
        {
            foreach (var entry in Running.Where(entry => entry.Ended!.IsCompleted).ToList())
            {
                await Settle(entry, stop.IsCancellationRequested);
            }

            foreach (var method in _record.Methods.Where(method => _record.Tune is not null && !_record.Selected.ContainsKey(method)))
            {
                Select(method);
            }

            while (!stop.IsCancellationRequested && _slots.Count > 0 && Next() is { } next)
            {
                Start(next);
            }

            if (!Running.Any() && (stop.IsCancellationRequested || _entries.All(entry => entry.Run.State != ComparedState.Waiting)))
            {
                break;
            }

            Show();
            // Once stopped, only ends are waited for.
            await Task.WhenAny([.. Running.Select(entry => entry.Ended!), Pause(stop.IsCancellationRequested ? default : stop)]);
            foreach (var entry in stop.IsCancellationRequested ? Running : [])
            {
                entry.Process!.Stop();
            }
        }

        _display.End();
        return _record;
    }

    private IEnumerable<ComparisonEntry> Running => _entries.Where(entry => entry.Process is not null);

    private Task Pause(CancellationToken stop) => Task.Delay(Tick, _host.Time, stop);

    // The next that may begin; what had ended before is passed over, and what somebody else still writes is waited for.
    private ComparisonEntry? Next()
    {
        foreach (var entry in _entries.Where(entry => entry is { IsPlanned: true, Process: null, Run.State: ComparedState.Waiting }))
        {
            if (
                entry.Run.Teacher is { } taught
                && _entries.Find(other => other.Run.Folder == taught)?.Run is { State: not ComparedState.Finished } teacher
            )
            {
                if (teacher.State == ComparedState.Failed)
                {
                    Fail(entry, $"{taught}, which it learns from, failed");
                }

                continue;
            }

            var run = new RunFolder(Path.Combine(_folder, entry.Run.Folder));
            if (RunLock.HolderOf(run, _host.Time) is { } holder)
            {
                if (!entry.IsHeld)
                {
                    entry.IsHeld = true;
                    _display.Say($"{Name(entry.Run)} is still being written by {holder}; it is gone on with when that ends");
                }
            }
            else if (!TryKnown(entry, run))
            {
                return entry;
            }
        }

        return null;
    }

    // A run of other settings in its place is left to train, which says so.
    private bool TryKnown(ComparisonEntry entry, RunFolder folder)
    {
        if (!folder.HoldsRun || !Directory.Exists(folder.Path) || OwnOptions(folder) is not { } own)
        {
            return false;
        }

        var asked = entry.Candidate.Plan.Options with { Seed = entry.Run.Seed };
        asked = asked with { Evaluation = asked.Evaluation with { Test = entry.Run.Role == ComparedRole.Final } };
        if (OtherSettings.Of(asked, own, "device", "data.path", "ensemble.teacher").Count > 0)
        {
            return false;
        }

        if (SummaryFile.Read(folder.SummaryPath) is { } summary)
        {
            Finish(entry, summary, "was finished before");
            return true;
        }

        if (SummaryFile.ReadFailure(folder.SummaryPath) is { ComesAgain: true } failure)
        {
            Fail(entry, failure.Reason);
            return true;
        }

        return false;
    }

    private static RunOptions? OwnOptions(RunFolder folder)
    {
        try
        {
            return RunOptionsReader.Parse(folder.ReadConfig());
        }
        catch (UserErrorException)
        {
            return null;
        }
    }

    private void Start(ComparisonEntry entry)
    {
        var log = Path.Combine(_folder, "logs", entry.Run.Folder.Replace('/', '-'));
        entry.Device = _slots.Dequeue();
        string[] words = ["train", .. _plan.Words(entry.Run), "--device", entry.Device, "--resume", "auto"];
        entry.Started = _host.Time.GetTimestamp();
        entry.Process = RunProcess.Start(words, log + ".log", log + ".err");
        entry.Ended = entry.Process.EndAsync();
    }

    private async Task Settle(ComparisonEntry entry, bool isStopping)
    {
        var (process, code) = (entry.Process!, await entry.Ended!);
        var run = new RunFolder(Path.Combine(_folder, entry.Run.Folder));
        _slots.Enqueue(entry.Device!);
        entry.Process = null;
        using (process)
        {
            if (code == ExitCode.Success && SummaryFile.Read(run.SummaryPath) is { } summary)
            {
                var took = _host.Time.GetElapsedTime(entry.Started);
                _overheads.Add(Math.Max(0, took.TotalSeconds - (entry.SecondsPerStep * (entry.Run.Steps - entry.FirstStep) ?? 0)));
                Finish(entry, summary, $"took {Readable.Span(took)}");
            }
            else if (!isStopping || code != ExitCode.Interrupted)
            {
                var failure = code == ExitCode.Success ? null : SummaryFile.ReadFailure(run.SummaryPath);
                Fail(entry, failure?.Reason ?? process.LastWords());
            }
        }
    }

    private void Finish(ComparisonEntry entry, RunSummary summary, string how)
    {
        try
        {
            entry.Run = entry.Run with
            {
                State = ComparedState.Finished,
                Validation = entry.Run.Role == ComparedRole.Trial ? TuneSelection.FigureOf(summary) : null,
            };
        }
        catch (UserErrorException fault)
        {
            Fail(entry, fault.Message);
            return;
        }

        (entry.Accuracy, entry.Step) = (summary.Accuracy, summary.Steps);
        entry.SecondsPerStep = summary.Steps == 0 ? null : summary.TrainSeconds / summary.Steps;
        Write();
        _display.Say(
            $"{Name(entry.Run)}: {summary.Split} accuracy {Readable.Fine(summary.Accuracy)}, NLL {Readable.Fine(summary.Nll)}, {how}"
        );
    }

    private void Fail(ComparisonEntry entry, string reason)
    {
        entry.Run = entry.Run with { State = ComparedState.Failed, Reason = reason.ReplaceLineEndings(" ") };
        Write();
        _display.Say($"{Name(entry.Run)} failed: {entry.Run.Reason}");
    }

    private void Select(string method)
    {
        var trials = _entries.Where(entry => entry.Run.Method == method && entry.Run.Role == ComparedRole.Trial).ToList();
        var finals = _entries.Where(entry => entry.Run.Method == method && entry.Run.Role == ComparedRole.Final).ToList();
        if (trials.Any(trial => trial.Run.State == ComparedState.Waiting) || finals.All(run => run.Run.State != ComparedState.Waiting))
        {
            return;
        }

        if (TuneSelection.Best(trials.Select(trial => trial.Run)) is not { } best)
        {
            foreach (var final in finals)
            {
                Fail(final, $"none of its {Readable.Count(trials.Count, "trial")} ended: {trials[0].Run.Reason}");
            }

            return;
        }

        var selected = TuneSelection.Tuned(best, _record.Tune!.Keys);
        _record = _record with
        {
            Selected = new Dictionary<string, IReadOnlyDictionary<string, string>>(_record.Selected) { [method] = selected },
        };
        foreach (var final in finals)
        {
            final.Candidate = _plan.Of(method, TunedOf(best));
            final.Run = _plan.Final(final.Candidate, final.Run.Seed);
            final.IsPlanned = true;
        }

        Write();
        _display.Say("selected: " + TuneSelection.Line(method, selected, [.. trials.Select(trial => trial.Run)]));
    }

    private List<string> TunedOf(ComparedRun trial) =>
        _record.Tune is null ? [] : [.. TuneSelection.Tuned(trial, _record.Tune.Keys).Select(pair => $"{pair.Key}={pair.Value}")];

    private void Show()
    {
        foreach (var entry in Running)
        {
            var tail = MetricsTail.Read(new RunFolder(Path.Combine(_folder, entry.Run.Folder)).MetricsPath);
            if (tail.Step is { } line && MetricsTail.Number(line, "step") is { } step)
            {
                entry.FirstStep ??= (long)step;
                entry.Step = (long)step;

                // The very first steps take longer than all others.
                entry.SecondsPerStep = step >= Math.Min(FewSteps, entry.Run.Steps) ? tail.SecondsPerStep : entry.SecondsPerStep;
            }
        }

        var views = _entries.Select(entry => entry.View()).ToList();
        _display.Show(views, _width, RunViewTime.Left(views, _width, _overheads.Count == 0 ? 5 : _overheads.Average()));
    }

    private void Write()
    {
        _record = _record with { Runs = [.. _entries.Select(entry => entry.Run)] };
        _record.Write(_folder);
    }

    private static string Name(ComparedRun run) => run.Folder;
}
