using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using NeuroTrails.Configuration;
using NeuroTrails.Configuration.Settings;

namespace NeuroTrails.Tests.Configuration;

/// <summary>The table of <c>docs/configuration.md</c>, made from the option records and their documentation.</summary>
internal static partial class ConfigurationDocs
{
    private static readonly XDocument Documentation = XDocument.Load(Path.ChangeExtension(typeof(RunOptions).Assembly.Location, ".xml"));

    /// <summary>A section a heading, a setting a row.</summary>
    public static string Tables()
    {
        var text = new StringBuilder();
        var top = SettingSchema.Root.Children.Where(setting => setting.Kind != SettingKind.Section).ToList();
        Table(text, "The run", top);
        foreach (var section in SettingSchema.Root.Children.Where(setting => setting.Kind == SettingKind.Section))
        {
            Table(text, $"`{section.Path}`: {Summary(section).TrimEnd('.')}", [.. section.Leaves]);
        }

        return text.ToString();
    }

    private static void Table(StringBuilder text, string title, IReadOnlyList<Setting> settings)
    {
        text.Append(null, $"### {title}\n\n| setting | allowed | default | meaning |\n|---|---|---|---|\n");
        foreach (var setting in settings)
        {
            var usual = SettingDescription.ValueText(SettingDefaults.Of(setting.Path));
            text.Append(null, $"| `{setting.Path}` | {SettingDescription.AllowedText(setting)} | `{usual}` | {Summary(setting)} |\n");
        }

        text.Append('\n');
    }

    private static string Summary(Setting setting)
    {
        var name = $"P:{setting.Property!.DeclaringType!.FullName}.{setting.Property.Name}";
        var summary = Documentation.Descendants("member").Single(member => (string?)member.Attribute("name") == name).Element("summary")!;
        return Blanks().Replace(string.Concat(summary.Nodes().Select(Text)), " ").Trim().Replace("|", "\\|", StringComparison.Ordinal);
    }

    private static string Text(XNode node) =>
        node switch
        {
            XElement { Name.LocalName: "c" } code => $"`{code.Value}`",
            XElement { Name.LocalName: "see" } see => $"`{Word((string)see.Attribute("cref")!)}`",
            XText text => text.Value,
            XElement other => string.Concat(other.Nodes().Select(Text)),
            _ => string.Empty,
        };

    // A reference to an enumeration's member is shown as the word that YAML knows, one to an option as its key.
    private static string Word(string reference)
    {
        var name = reference[2..];
        var type = typeof(RunOptions).Assembly.GetType(name[..name.LastIndexOf('.')]);
        var member = name[(name.LastIndexOf('.') + 1)..];
        return type is { IsEnum: true } ? SettingName.WordOf(Enum.Parse(type, member))
            : type?.GetProperty(member) is { } property ? SettingName.Of(property)
            : member;
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
