using System.CommandLine;
using NeuroTrails.Client.Cli;

namespace NeuroTrails.Client.Verbs;

/// <summary>One verb of the command line.</summary>
internal interface IVerb
{
    string Name { get; }

    // Command lines without the program's name, to show at the end of its help.
    IReadOnlyList<string> Examples { get; }

    Command Build(ClientHost host);
}
