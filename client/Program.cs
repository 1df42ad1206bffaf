using NeuroTrails.Client.Cli;
using NeuroTrails.Execution;
using NeuroTrails.Silo;

NativeEnvironment.Prepare();
using var interruption = new Interruption(Console.Error);
var code = await CommandLine.RunAsync(args, new ClientHost
{
    Engine = () => new RunEngine(TimeProvider.System),
    Output = Console.Out,
    Error = Console.Error,
    Live = !Console.IsOutputRedirected && Spectre.Console.AnsiConsole.Profile.Capabilities.Ansi,
    Interrupted = interruption.Token,
});
if (interruption.Token.IsCancellationRequested)
{
    // What was given up may still compute, on threads that an ordinary end would pull libtorch from under.
    Interruption.ExitNow(code);
}

return code;
