using NeuroTrails.Configuration;
using NeuroTrails.Tests.House;

namespace NeuroTrails.Tests.Configuration;

public sealed class ConfigurationDocsTests
{
    private const string Begin =
        "<!-- made from the option records; NEUROTRAILS_WRITE_DOCS=1 ./neurotrails test ConfigurationDocs writes it anew -->\n\n";

    [Fact]
    public void The_documentation_lists_every_setting_as_it_is()
    {
        var path = Path.Combine(Repository.Root(), "docs", "configuration.md");
        var text = File.ReadAllText(path);
        var at = text.IndexOf(Begin, StringComparison.Ordinal);
        Assert.True(at > 0, "docs/configuration.md has lost its mark");
        var expected = text[..(at + Begin.Length)] + ConfigurationDocs.Tables().TrimEnd() + "\n";
        if (Environment.GetEnvironmentVariable("NEUROTRAILS_WRITE_DOCS") == "1")
        {
            File.WriteAllText(path, expected);
            return;
        }

        Assert.Equal(expected, text);
    }

    [Fact]
    public void The_documentation_names_every_preset() =>
        Assert.All(
            Presets.Names,
            name =>
                Assert.Contains(
                    $"`{name}`",
                    File.ReadAllText(Path.Combine(Repository.Root(), "docs", "configuration.md")),
                    StringComparison.Ordinal
                )
        );
}
