using NeuroTrails.Client.Cli;
using NeuroTrails.Execution;
using NeuroTrails.Silo;

NativeEnvironment.Prepare();
var watched = Environment.GetEnvironmentVariable(Interruption.Watched) == "1";
using var interruption = new Interruption(Console.Error, watched ? Console.OpenStandardInput() : null);
var code = await CommandLine.RunAsync(
    args,
    new ClientHost
    {
        Engine = () => new RunEngine(TimeProvider.System),
        Output = Console.Out,
        Error = Console.Error,
        Live = !Console.IsOutputRedirected && Environment.GetEnvironmentVariable("TERM") is { Length: > 0 } and not "dumb",
        // A terminal that was never told its size has none.
        Size = () => (Console.WindowWidth is > 0 and var width ? width : 80, Console.WindowHeight is > 0 and var height ? height : 24),
        Interrupted = interruption.Token,
    }
);
if (interruption.Token.IsCancellationRequested)
{
    // What was given up may still compute, on threads that an ordinary end would pull libtorch from under.
    Interruption.ExitNow(code);
}

return code;
