using System.CommandLine;
using System.Globalization;
using System.Text;
using NeuroTrails.Client.Cli;

namespace NeuroTrails.Tests.Client;

/// <summary>The tables of <c>docs/command-line.md</c>, made from the options themselves.</summary>
internal static class CommandLineDocs
{
    /// <summary>A verb a heading, an argument or option a row.</summary>
    /// <param name="host">What surrounds the verbs.</param>
    public static string Tables(ClientHost host)
    {
        var text = new StringBuilder();
        foreach (var verb in CommandLine.Root(host).Subcommands)
        {
            Table(text, verb.Name, verb);
            foreach (var inner in verb.Subcommands)
            {
                Table(text, $"{verb.Name} {inner.Name}", inner);
            }
        }

        return text.ToString();
    }

    private static void Table(StringBuilder text, string name, Command command)
    {
        text.Append(CultureInfo.InvariantCulture, $"### {name}\n\n{command.Description}.\n\n");
        if (command.Arguments.Count + command.Options.Count == 0)
        {
            return;
        }

        text.Append("| option | default | meaning |\n|---|---|---|\n");

        foreach (var argument in command.Arguments)
        {
            Row(text, argument.Name, argument.HasDefaultValue ? argument.GetDefaultValue() : null, argument.Description);
        }

        foreach (var option in command.Options.Where(option => !option.Hidden))
        {
            var usual =
                option.Required ? "must be given"
                : option is Option<bool> || !option.HasDefaultValue ? null
                : option.Name == "--threads" ? "all cores"
                : option.GetDefaultValue();
            Row(text, option is Option<bool> ? option.Name : $"{option.Name} {option.HelpName}", usual, option.Description);
        }

        text.Append('\n');
    }

    private static void Row(StringBuilder text, string name, object? usual, string? meaning) =>
        text.Append(CultureInfo.InvariantCulture, $"| `{Escape(name)}` | {usual} | {Escape(meaning!)} |\n");

    private static string Escape(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);
}
