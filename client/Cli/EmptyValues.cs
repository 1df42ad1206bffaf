using System.CommandLine;
using System.CommandLine.Parsing;

namespace NeuroTrails.Client.Cli;

/// <summary>Refuses words of the command line that are empty, as a variable that is not set leaves
/// them: no option means anything by one.</summary>
internal static class EmptyValues
{
    public static void Refuse(Command command)
    {
        foreach (var option in command.Options)
        {
            option.Validators.Add(result => Check(result, option.Name, option.HelpName));
        }

        foreach (var argument in command.Arguments)
        {
            argument.Validators.Add(result => Check(result, argument.Name, argument.Name));
        }

        foreach (var inner in command.Subcommands)
        {
            Refuse(inner);
        }
    }

    private static void Check(SymbolResult result, string name, string? allowed)
    {
        if (result.Tokens.Any(token => string.IsNullOrWhiteSpace(token.Value)))
        {
            result.AddError(
                $"{name}: the value is empty; allowed is {allowed}{(name.StartsWith('-') ? $", or leave {name} out" : string.Empty)}"
            );
        }
    }
}
