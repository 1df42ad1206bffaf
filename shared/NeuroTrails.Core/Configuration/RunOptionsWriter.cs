using System.Globalization;
using System.Text;
using NeuroTrails.Configuration.Settings;

namespace NeuroTrails.Configuration;

/// <summary>Writes options as YAML, every setting in the order of declaration; the reader makes the same options of it again.</summary>
public static class RunOptionsWriter
{
    /// <summary>The whole of the options as YAML.</summary>
    /// <param name="options">The options.</param>
    public static string ToYaml(RunOptions options)
    {
        var yaml = new StringBuilder();
        Write(yaml, SettingSchema.Root, options, 0);
        return yaml.ToString();
    }

    /// <summary>Every setting by its dotted path, as YAML writes its value, in the order of declaration.</summary>
    /// <param name="options">The options.</param>
    public static IEnumerable<KeyValuePair<string, string>> Flatten(RunOptions options) =>
        SettingSchema.Root.Leaves.Select(leaf =>
            KeyValuePair.Create(leaf.Path, SettingDescription.ValueText(SettingDefaults.Of(leaf.Path, options)))
        );

    private static void Write(StringBuilder yaml, Setting section, object values, int indent)
    {
        foreach (var child in section.Children)
        {
            var value = child.Property!.GetValue(values);
            yaml.Append(' ', indent).Append(child.Key).Append(':');
            if (child.Kind == SettingKind.Section)
            {
                yaml.Append('\n');
                Write(yaml, child, value!, indent + 2);
            }
            else
            {
                yaml.Append(CultureInfo.InvariantCulture, $" {SettingDescription.ValueText(value)}\n");
            }
        }
    }
}
