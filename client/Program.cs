using NeuroTrails.Client.Cli;
using NeuroTrails.Execution;
using NeuroTrails.Silo;

NativeEnvironment.Prepare();
using var interruption = new Interruption(Console.Error);
return await CommandLine.RunAsync(args, new ClientHost
{
    Engine = () => new RunEngine(TimeProvider.System),
    Output = Console.Out,
    Error = Console.Error,
    Live = !Console.IsOutputRedirected && Spectre.Console.AnsiConsole.Profile.Capabilities.Ansi,
    Interrupted = interruption.Token,
});
