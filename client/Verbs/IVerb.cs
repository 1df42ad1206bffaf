using System.CommandLine;
using NeuroTrails.Client.Cli;

namespace NeuroTrails.Client.Verbs;

/// <summary>One verb of the command line.</summary>
internal interface IVerb
{
    /// <summary>Its name.</summary>
    string Name { get; }

    /// <summary>Command lines without the program's name, to show at the end of its help.</summary>
    IReadOnlyList<string> Examples { get; }

    /// <summary>The command with its options and its action.</summary>
    /// <param name="host">What surrounds it.</param>
    Command Build(ClientHost host);
}
