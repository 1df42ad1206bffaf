using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace NeuroTrails.Client.Cli;

/// <summary>The usual help, followed by command lines that work.</summary>
internal sealed class HelpWithExamples(HelpAction usual, IReadOnlyDictionary<string, IReadOnlyList<string>> examples)
    : SynchronousCommandLineAction
{
    private static readonly string[] General =
    [
        "train --preset quickstart --out runs/quickstart   the first run, about a minute",
        "eval --run runs/quickstart                        measure it again",
        "build                                             build everything",
        "test [WORD]                                       run the tests, or those whose class contains WORD",
    ];

    public override int Invoke(ParseResult parseResult)
    {
        var output = parseResult.InvocationConfiguration.Output;
        // The usual help calls the program by its file, which nobody types.
        var text = new StringWriter();
        parseResult.InvocationConfiguration.Output = text;
        var code = usual.Invoke(parseResult);
        parseResult.InvocationConfiguration.Output = output;
        output.Write(text.ToString().Replace(RootCommand.ExecutableName, ShellText.Program, StringComparison.Ordinal));
        var verb = parseResult.CommandResult.Command.Name;
        output.WriteLine("Examples:");
        foreach (var example in examples.GetValueOrDefault(verb, General))
        {
            output.WriteLine($"  {ShellText.Program} {example}");
        }

        return code;
    }
}
