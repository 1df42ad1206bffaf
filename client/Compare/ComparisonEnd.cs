using NeuroTrails.Checkpoints;
using NeuroTrails.Client.Cli;
using NeuroTrails.Client.Display;
using NeuroTrails.Grains;
using NeuroTrails.Running;

namespace NeuroTrails.Client.Compare;

/// <summary>What is said when a comparison has ended or was stopped.</summary>
internal static class ComparisonEnd
{
    // The verb that makes pages and figures of a comparison, where this build has it.
    private const string Report = "report";

    public static int Tell(Comparison comparison, string folder, ClientHost host)
    {
        var shown = Path.GetRelativePath(Environment.CurrentDirectory, folder);
        FiguresOfMethods.Print(comparison, folder, host);
        foreach (var (method, selected) in comparison.Selected)
        {
            var trials = comparison.Runs.Where(run => run.Method == method && run.Role == ComparedRole.Trial).ToList();
            host.Output.WriteLine("selected: " + TuneSelection.Line(method, selected, trials));
        }

        foreach (var line in comparison.LeftOut.Select(line => "left out: " + line))
        {
            host.Output.WriteLine(line);
        }

        var waiting = comparison.Runs.Count(run => run.State == ComparedState.Waiting);
        if (waiting > 0)
        {
            host.Output.WriteLine($"interrupted, {Readable.Count(waiting, "run")} left; go on with: {comparison.Command}");
            return ExitCode.Interrupted;
        }

        var failed = comparison.Runs.Where(run => run.State == ComparedState.Failed).ToList();
        foreach (var run in failed)
        {
            host.Error.WriteLine($"{run.Folder} failed: {run.Reason} By itself: {run.Command}");
        }

        host.Output.WriteLine($"comparison: {ShellText.Quote(shown)}; each run's command stands in its {Comparison.FileName}");
        if (CommandLine.Verbs().Any(verb => verb.Name == Report))
        {
            host.Output.WriteLine($"its report: {ShellText.Command(Report, shown)}");
        }

        return failed.Any(run => !IsResult(run, folder)) ? ExitCode.Failure : ExitCode.Success;
    }

    // That settings let the training diverge is what a trial is there to find out.
    private static bool IsResult(ComparedRun run, string folder) =>
        run.Role == ComparedRole.Trial
        && SummaryFile.ReadFailure(new RunFolder(Path.Combine(folder, run.Folder)).SummaryPath) is { Cause: FailureCause.Diverged };
}
