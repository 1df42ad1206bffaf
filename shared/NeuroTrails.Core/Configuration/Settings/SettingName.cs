using System.Reflection;
using System.Text.Json;

namespace NeuroTrails.Configuration.Settings;

/// <summary>Names as YAML writes them: <c>BlocksInHead</c> is <c>blocks_in_head</c>.</summary>
internal static class SettingName
{
    /// <summary>The YAML key of a property.</summary>
    public static string Of(PropertyInfo property) => JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name);

    /// <summary>The YAML words of an enumeration, in the order of their values.</summary>
    public static IReadOnlyList<string> WordsOf(Type enumeration) =>
        [.. Enum.GetNames(enumeration).Select(name => WordOf(enumeration, name))];

    /// <summary>The YAML word of one value of an enumeration.</summary>
    public static string WordOf(object value) => WordOf(value.GetType(), value.ToString()!);

    private static string WordOf(Type enumeration, string name) =>
        enumeration.GetField(name)?.GetCustomAttribute<SettingValueAttribute>()?.Word ?? JsonNamingPolicy.SnakeCaseLower.ConvertName(name);
}
