using NeuroTrails.Tests.House;

namespace NeuroTrails.Tests.Client;

public sealed class CommandLineDocsTests : ClientFixture
{
    private const string Begin =
        "<!-- made from the options themselves; NEUROTRAILS_WRITE_DOCS=1 ./neurotrails test CommandLineDocs writes it anew -->\n\n";

    [Fact]
    public void The_documentation_lists_every_option_of_every_verb()
    {
        var path = Path.Combine(Repository.Root(), "docs", "command-line.md");
        var text = File.ReadAllText(path);
        var at = text.IndexOf(Begin, StringComparison.Ordinal);
        Assert.True(at > 0, "docs/command-line.md has lost its mark");
        var expected = text[..(at + Begin.Length)] + CommandLineDocs.Tables(Host).TrimEnd() + "\n";
        if (Environment.GetEnvironmentVariable("NEUROTRAILS_WRITE_DOCS") == "1")
        {
            File.WriteAllText(path, expected);
            return;
        }

        Assert.Equal(expected, text);
    }

    [Fact]
    public async Task The_help_of_every_verb_lists_its_options()
    {
        foreach (
            var verb in NeuroTrails
                .Client.Cli.CommandLine.Root(Host)
                .Subcommands.SelectMany(verb =>
                    verb.Subcommands.Count == 0
                        ? [(verb.Name, verb)]
                        : verb.Subcommands.Select(inner => ($"{verb.Name} {inner.Name}", inner))
                )
        )
        {
            var before = Output.Length;
            Assert.Equal(0, await RunAsync([.. verb.Item1.Split(' '), "--help"]));
            Assert.All(
                verb.Item2.Options.Where(option => !option.Hidden),
                option => Assert.Contains(option.Name, Output[before..], StringComparison.Ordinal)
            );
        }

        Assert.Empty(Error);
    }
}
