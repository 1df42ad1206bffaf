using System.CommandLine;
using NeuroTrails.Client.Cli;
using NeuroTrails.Silo.Web;

namespace NeuroTrails.Client.Verbs;

internal sealed class WatchVerb : IVerb
{
    // A free one: several runs may be looked at, beside one another.
    private const string Usual = "0";
    private readonly Argument<string> _run = new("RUN") { Description = "Folder of the run" };
    private readonly WebOptions _web = new();

    public string Name => "watch";

    public IReadOnlyList<string> Examples { get; } = ["watch runs/quickstart", "watch runs/quickstart --web 8123"];

    public Command Build(ClientHost host)
    {
        var command = new Command(
            Name,
            "Shows a run in a browser from its folder: one that is over, or one that another process trains; without --web at a free "
                + "port, until Ctrl-C (docs/watching.md)"
        )
        {
            _run,
        };
        foreach (var option in _web.All)
        {
            command.Add(option);
        }

        command.SetAction(
            (parsed, _) =>
                Failures.GuardAsync(
                    host,
                    parsed,
                    async () =>
                    {
                        var folder = SharedOptions.ExistingRun(parsed.GetValue(_run), "watch");
                        await WatchPage.ServeAsync(
                            folder,
                            _web.Read(parsed, host, Usual)!,
                            host.Output.WriteLine,
                            host.Time,
                            host.Interrupted
                        );
                        return ExitCode.Success;
                    }
                )
        );
        return command;
    }
}
