using System.CommandLine;
using System.CommandLine.Parsing;
using NeuroTrails.Configuration;

namespace NeuroTrails.Client.Cli;

/// <summary>Answers words that the command line does not know.</summary>
internal static class UsageErrors
{
    public static int Print(ParseResult parsed, RootCommand root, TextWriter error)
    {
        var command = parsed.CommandResult.Command;
        var atRoot = ReferenceEquals(command, root);
        if (atRoot && parsed.UnmatchedTokens.Count > 0 && !parsed.UnmatchedTokens[0].StartsWith('-'))
        {
            var verbs = root.Subcommands.Where(verb => !verb.Hidden).Select(verb => verb.Name).Concat(["build", "test"]).ToList();
            error.WriteLine($"`{parsed.UnmatchedTokens[0]}` is no verb{Nearest.Guess(parsed.UnmatchedTokens[0], verbs)}");
            error.WriteLine($"Verbs: {string.Join(", ", verbs)}");
        }
        else
        {
            var known = command
                .Options.Concat(root.Options.Where(option => option.Recursive))
                .SelectMany(option => option.Aliases.Append(option.Name))
                .ToList();
            foreach (var word in parsed.UnmatchedTokens)
            {
                error.WriteLine($"`{word}` is not understood here{Nearest.Guess(word.Split('=')[0], known)}");
            }

            var unmatched = parsed.UnmatchedTokens.Select(word => $"'{word}'").ToList();
            foreach (
                var fault in parsed.Errors.Where(fault => !unmatched.Any(word => fault.Message.Contains(word, StringComparison.Ordinal)))
            )
            {
                error.WriteLine(fault.Message);
            }
        }

        error.WriteLine($"More: {ShellText.Program} {string.Concat(Path(parsed.CommandResult).Select(word => word + " "))}--help");
        return ExitCode.Usage;
    }

    private static IEnumerable<string> Path(CommandResult result) =>
        result.Parent is CommandResult parent ? Path(parent).Append(result.Command.Name) : [];
}
