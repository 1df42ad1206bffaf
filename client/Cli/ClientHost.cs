using NeuroTrails.Models;
using NeuroTrails.Running;
using Spectre.Console;

namespace NeuroTrails.Client.Cli;

/// <summary>What surrounds a verb: the engine that does the work, and the terminal. Tests hand in their own.</summary>
internal sealed record ClientHost
{
    // Makes the engine; called only by verbs that compute, so that the others start quickly.
    public required Func<IRunEngine> Engine { get; init; }

    public Func<IClusterEngine> Cluster { get; init; } = () => new NeuroTrails.Silo.Cluster.ClusterEngine(TimeProvider.System);

    // The networks by name; whoever registers some of their own hands the same catalogue to the engine.
    public ModelCatalogue Models { get; init; } = new();

    public required TextWriter Output { get; init; }

    public required TextWriter Error { get; init; }

    // Whether Output is a terminal that can redraw lines.
    public bool Live { get; init; }

    public Func<(int Width, int Height)> Size { get; init; } = () => (80, 24);

    // Whether the terminal may be given colours: https://no-color.org.
    public bool Colour => Live && string.IsNullOrEmpty(Variable("NO_COLOR"));

    public Func<string, string?> Variable { get; init; } = Environment.GetEnvironmentVariable;

    // Where a trace goes that belongs to no run.
    public string LogFolder { get; init; } = Path.GetTempPath();

    public TimeProvider Time { get; init; } = TimeProvider.System;

    // Cancelled by the first Ctrl-C or SIGTERM.
    public CancellationToken Interrupted { get; init; }

    public IAnsiConsole Console()
    {
        var console = AnsiConsole.Create(
            new AnsiConsoleSettings
            {
                Out = new AnsiConsoleOutput(Output),
                Ansi = Live ? AnsiSupport.Yes : AnsiSupport.No,
                ColorSystem = Colour ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            }
        );

        // A file has no width; lines must not be folded at that of some terminal.
        console.Profile.Width = Live ? Size().Width : 160;
        return console;
    }
}
