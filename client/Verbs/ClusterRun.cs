using NeuroTrails.Client.Cli;
using NeuroTrails.Client.Display;
using NeuroTrails.Contracts;
using NeuroTrails.Running;

namespace NeuroTrails.Client.Verbs;

/// <summary>Shows a run of a cluster while it goes on, and how it ended.</summary>
internal static class ClusterRun
{
    public static async Task<int> FollowAsync(
        ClientHost host,
        string run,
        IReadOnlyList<string> cluster,
        Func<IProgress<RunUpdate>, CancellationToken, Task<TrainResult>> follow
    )
    {
        TrainResult result;
        await using (var display = host.Live ? (IRunDisplay)new LiveDisplay(host) : new PlainDisplay(host, TimeSpan.FromSeconds(5)))
        {
            result = await follow(display, host.Interrupted);
        }

        switch (result.Outcome)
        {
            case TrainOutcome.Left:
                host.Output.WriteLine(
                    $"left {run} {Readable.At(result.Step)}; it goes on. Watch it with: {ShellText.Command("attach", [run, .. cluster])}; "
                        + $"end it with: {ShellText.Command("stop", [run, .. cluster])}"
                );
                return ExitCode.Interrupted;
            case TrainOutcome.Interrupted:
                host.Output.WriteLine(
                    $"{run} was stopped {Readable.At(result.Step)}; go on with: {ShellText.Command("train", ["--resume", run, .. cluster])}"
                );
                return ExitCode.Interrupted;
            case TrainOutcome.AlreadyFinished:
                host.Output.WriteLine($"{run} is finished. Nothing was changed.");
                break;
        }

        if (result.Summary is not null)
        {
            SummaryText.Print(host, result.Summary);
        }

        return ExitCode.Success;
    }

    public static string Phase(RunPhase phase) =>
        phase switch
        {
            RunPhase.Running => "running",
            RunPhase.Finished => "finished",
            RunPhase.Stopped => "stopped",
            RunPhase.Failed => "failed",
            _ => "not started",
        };
}
