using NeuroTrails.Running;
using Spectre.Console;

namespace NeuroTrails.Client.Cli;

/// <summary>What surrounds a verb: the engine that does the work, and the terminal. Tests hand in their own.</summary>
internal sealed record ClientHost
{
    /// <summary>Makes the engine; called only by verbs that compute, so that the others start quickly.</summary>
    public required Func<IRunEngine> Engine { get; init; }

    /// <summary>Makes the engine of clusters; called only by verbs that use one.</summary>
    public Func<IClusterEngine> Cluster { get; init; } = () => new NeuroTrails.Silo.Cluster.ClusterEngine(TimeProvider.System);

    /// <summary>Receives results.</summary>
    public required TextWriter Output { get; init; }

    /// <summary>Receives errors and warnings.</summary>
    public required TextWriter Error { get; init; }

    /// <summary>Whether <see cref="Output"/> is a terminal that can redraw lines.</summary>
    public bool Live { get; init; }

    /// <summary>Letters in a line of the terminal, and lines on it.</summary>
    public Func<(int Width, int Height)> Size { get; init; } = () => (80, 24);

    /// <summary>Whether the terminal may be given colours: https://no-color.org.</summary>
    public bool Colour => Live && string.IsNullOrEmpty(Variable("NO_COLOR"));

    /// <summary>Environment variables by name.</summary>
    public Func<string, string?> Variable { get; init; } = Environment.GetEnvironmentVariable;

    /// <summary>Where a trace goes that belongs to no run.</summary>
    public string LogFolder { get; init; } = Path.GetTempPath();

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Cancelled by the first Ctrl-C or SIGTERM.</summary>
    public CancellationToken Interrupted { get; init; }

    /// <summary>A console for tables on <see cref="Output"/>.</summary>
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
