using System.Globalization;

namespace NeuroTrails.Configuration.Settings;

/// <summary>Says in words what a setting may be, for error messages and for the documentation.</summary>
internal static class SettingDescription
{
    // What is allowed: a number above 0, at most 1.
    public static string AllowedText(Setting setting)
    {
        var item = setting.Kind switch
        {
            SettingKind.Section => $"a section with {Join(setting.Children.Select(child => child.Key), "and")}",
            SettingKind.Flag => "true or false",
            SettingKind.Whole => Bounded("a whole number", setting.Allowed),
            SettingKind.Real => Bounded("a number", setting.Allowed),
            _ when setting.Words.Count > 0 => Join(setting.Words, "or"),
            _ => "a text",
        };
        var text = setting.IsList ? $"a list{Count(setting.Allowed)}, each {item}" : item;
        return setting.MayBeEmpty ? $"{text}, or null" : text;
    }

    public static string ValueText(object? value) =>
        value switch
        {
            null => "null",
            bool flag => flag ? "true" : "false",
            string text => YamlText.Of(text),
            double number => RealText(number),
            Enum word => SettingName.WordOf(word),
            System.Collections.IEnumerable items => $"[{string.Join(", ", items.Cast<object?>().Select(ValueText))}]",
            _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
        };

    private static string RealText(double number) => number.ToString("R", CultureInfo.InvariantCulture).Replace('E', 'e');

    private static string Bounded(string noun, AllowedAttribute allowed)
    {
        var bounds = new[]
        {
            ("at least", allowed.AtLeast),
            ("above", allowed.Above),
            ("at most", allowed.AtMost),
            ("below", allowed.Below),
        }
            .Where(bound => !double.IsNaN(bound.Item2))
            .Select(bound => $"{bound.Item1} {RealText(bound.Item2)}");
        var text = string.Join(", ", bounds);
        return text.Length == 0 ? noun : $"{noun} {text}";
    }

    private static string Count(AllowedAttribute allowed) =>
        (allowed.MinItems, allowed.MaxItems) switch
        {
            (0, int.MaxValue) => string.Empty,
            (0, var most) => string.Create(CultureInfo.InvariantCulture, $" of at most {most}"),
            var (least, most) when least == most => string.Create(CultureInfo.InvariantCulture, $" of {least}"),
            (var least, int.MaxValue) => string.Create(CultureInfo.InvariantCulture, $" of at least {least}"),
            var (least, most) => string.Create(CultureInfo.InvariantCulture, $" of {least} to {most}"),
        };

    private static string Join(IEnumerable<string> words, string last)
    {
        var all = words.ToList();
        return all.Count < 2 ? string.Concat(all) : $"{string.Join(", ", all[..^1])} {last} {all[^1]}";
    }
}
