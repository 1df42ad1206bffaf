using NeuroTrails.Client.Cli;

using var interruption = new Interruption(Console.Error);
return await CommandLine.RunAsync(args, new ClientHost
{
    Engine = () => throw new NeuroTrails.UserErrorException("the engine has not landed yet"),
    Output = Console.Out,
    Error = Console.Error,
    Live = !Console.IsOutputRedirected && Spectre.Console.AnsiConsole.Profile.Capabilities.Ansi,
    Interrupted = interruption.Token,
});
