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
    Live = !Console.IsOutputRedirected && Environment.GetEnvironmentVariable("TERM") is { Length: > 0 } and not "dumb",
    Size = () => (Console.WindowWidth, Console.WindowHeight),
    Interrupted = interruption.Token,
});
