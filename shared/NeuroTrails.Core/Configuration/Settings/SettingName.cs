using System.Reflection;
using System.Text.Json;

namespace NeuroTrails.Configuration.Settings;

/// <summary>Names as YAML writes them: <c>BlocksInHead</c> is <c>blocks_in_head</c>.</summary>
internal static class SettingName
{
    public static string Of(PropertyInfo property) => JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name);

    public static IReadOnlyList<string> WordsOf(Type enumeration) =>
        [.. Enum.GetNames(enumeration).Select(name => WordOf(enumeration, name))];

    public static string WordOf(object value) => WordOf(value.GetType(), value.ToString()!);

    private static string WordOf(Type enumeration, string name) =>
        enumeration.GetField(name)?.GetCustomAttribute<SettingValueAttribute>()?.Word ?? JsonNamingPolicy.SnakeCaseLower.ConvertName(name);
}
