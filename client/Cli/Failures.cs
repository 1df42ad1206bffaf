using System.CommandLine;
using NeuroTrails.Files;
using NeuroTrails.Running;

namespace NeuroTrails.Client.Cli;

/// <summary>Turns what a verb throws into one line and an exit code. Stack traces go to a log file only.</summary>
internal static class Failures
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    public static async Task<int> GuardAsync(ClientHost host, ParseResult parsed, Func<Task<int>> verb, string? runFolder = null)
    {
        try
        {
            return await verb();
        }
        catch (Exception fault)
        {
            try
            {
                return Explain(host, new(parsed), runFolder, fault);
            }
            catch (IOException)
            {
                // Nobody can be told: what takes the errors is full or closed.
                return ExitCode.Failure;
            }
        }
    }

    // Runs a verb that has nothing to save: when it is interrupted it may tidy up for a moment, and is then left where it is.
    public static Task<int> GuardReadingAsync(ClientHost host, ParseResult parsed, Func<Task<int>> verb) =>
        GuardAsync(
            host,
            parsed,
            async () =>
            {
                var work = Task.Run(verb);
                try
                {
                    return await work.WaitAsync(host.Interrupted);
                }
                catch (OperationCanceledException) when (host.Interrupted.IsCancellationRequested)
                {
                    await ((Task)work.WaitAsync(Patience, host.Time)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                    throw;
                }
            }
        );

    public static Command Reading(this Command command, ClientHost host, Func<ParseResult, ClientHost, CancellationToken, Task<int>> verb)
    {
        command.SetAction((parsed, stop) => GuardReadingAsync(host, parsed, () => verb(parsed, host, stop)));
        return command;
    }

    private static int Explain(ClientHost host, VerbWords words, string? runFolder, Exception fault)
    {
        var root = Innermost(fault);
        switch (root)
        {
            case UserErrorException:
                host.Error.WriteLine(root is WrongUsageException ? root.Message : words.Say(root.Message));
                return ExitCode.Usage;
            case RunFailedException { Failure: { } failure, RunFolder: var folder }:
                var shown = folder is null ? null : Path.GetRelativePath(Environment.CurrentDirectory, folder);
                var details = shown is null ? "the silos' logs in the runs folder" : Path.Combine(shown, "log.txt");
                host.Error.WriteLine(
                    failure.Cause == FailureCause.Fault
                        ? $"failed: {FirstLine(failure.Reason)} (details: {details})"
                        : words.Say(failure.Reason)
                );
                if (shown is not null)
                {
                    host.Error.WriteLine($"run folder: {ShellText.Quote(shown)}; where it stands: {ShellText.Command("status", shown)}");
                }

                return failure.IsUsers ? ExitCode.Usage : ExitCode.Failure;
            case OperationCanceledException when host.Interrupted.IsCancellationRequested:
                host.Error.WriteLine("interrupted");
                return ExitCode.Interrupted;
            default:
                var log = WriteLog(host, runFolder, fault);
                host.Error.WriteLine($"failed: {FirstLine(root.Message)}{(log is null ? string.Empty : $" (details: {log})")}");
                return ExitCode.Failure;
        }
    }

    // Wrappers of the runtime say nothing that the user needs.
    private static Exception Innermost(Exception fault) =>
        fault switch
        {
            AggregateException { InnerException: { } inner } => Innermost(inner),
            TypeInitializationException { InnerException: { } inner } => Innermost(inner),
            System.Reflection.TargetInvocationException { InnerException: { } inner } => Innermost(inner),
            _ => fault,
        };

    private static string FirstLine(string message) => message.Split('\n', 2)[0].TrimEnd();

    private static string? WriteLog(ClientHost host, string? runFolder, Exception fault)
    {
        string[] candidates =
        [
            .. runFolder is not null && Directory.Exists(runFolder) ? new[] { Path.Combine(runFolder, "log.txt") } : [],
            Path.Combine(host.LogFolder, "neurotrails.log"),
        ];
        foreach (var path in candidates)
        {
            try
            {
                using var log = new StreamWriter(RegularFile.OpenAppend(path));
                log.Write($"{host.Time.GetUtcNow():u} failed: {fault}\n");
                return path;
            }
            catch (Exception second) when (second is IOException or UnauthorizedAccessException)
            {
                // The next place may be writable.
            }
        }

        return null;
    }
}
