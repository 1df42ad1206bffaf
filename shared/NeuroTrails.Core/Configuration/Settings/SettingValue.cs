using System.Globalization;

namespace NeuroTrails.Configuration.Settings;

/// <summary>Turns pieces of YAML into values of the type that a setting has.</summary>
internal static class SettingValue
{
    // Reads the value of a setting that is no section.
    public static bool TryRead(Setting setting, SettingNode node, out object? value, out string fault)
    {
        value = null;
        fault = string.Empty;
        if (setting.MayBeEmpty && node is ScalarNode { IsNull: true })
        {
            return true;
        }

        if (!setting.IsList)
        {
            return TryReadItem(setting, node, out value, out fault);
        }

        if (node is not ListNode list)
        {
            fault = $"{Shown(node)} is not a list";
            return false;
        }

        var items = Array.CreateInstance(setting.ItemType, list.Items.Count);
        for (var i = 0; i < items.Length; i++)
        {
            if (!TryReadItem(setting, list.Items[i], out var item, out fault))
            {
                return false;
            }

            items.SetValue(item, i);
        }

        value = items;
        return true;
    }

    public static string? OutOfBounds(Setting setting, object? value)
    {
        var items = setting.IsList && value is Array list ? list.Cast<object?>().ToList() : [value];
        if (setting.IsList && value is not null && (items.Count < setting.Allowed.MinItems || items.Count > setting.Allowed.MaxItems))
        {
            return string.Create(CultureInfo.InvariantCulture, $"a list of {items.Count} is not allowed");
        }

        foreach (var item in items)
        {
            var admitted = item switch
            {
                null => true,
                string text => setting.Allowed.OneOf.Length == 0 || setting.Allowed.OneOf.Contains(text, StringComparer.Ordinal),
                int or long or double or float => setting.Allowed.Admits(Convert.ToDouble(item, CultureInfo.InvariantCulture)),
                _ => true,
            };
            if (!admitted)
            {
                var guess = item is string typed ? Nearest.Guess(typed, setting.Allowed.OneOf) : string.Empty;
                return $"{SettingDescription.ValueText(item)} is not allowed{guess}";
            }
        }

        return null;
    }

    private static bool TryReadItem(Setting setting, SettingNode node, out object? value, out string fault)
    {
        value = null;
        fault = $"{Shown(node)} is not {Noun(setting.Kind)}";
        if (node is not ScalarNode scalar || (scalar.Quoted && setting.Kind != SettingKind.Text))
        {
            return false;
        }

        if (scalar.IsNull)
        {
            fault = "a value is missing";
            return false;
        }

        switch (setting.Kind)
        {
            case SettingKind.Text:
                value = scalar.Text;
                break;
            case SettingKind.Flag when scalar.Text is "true" or "false":
                value = scalar.Text == "true";
                break;
            case SettingKind.Real
                when double.TryParse(scalar.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var real) && double.IsFinite(real):
                value = Convert.ChangeType(real, setting.ItemType, CultureInfo.InvariantCulture);
                break;
            case SettingKind.Whole
                when long.TryParse(scalar.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole):
                if (setting.ItemType == typeof(int) && (whole < int.MinValue || whole > int.MaxValue))
                {
                    fault = $"`{scalar.Text}` is too large a number; its size is at most {int.MaxValue}";
                    return false;
                }

                value = Convert.ChangeType(whole, setting.ItemType, CultureInfo.InvariantCulture);
                break;
            case SettingKind.Word:
                value = Enum.GetValues(setting.ItemType).Cast<object>().FirstOrDefault(word => SettingName.WordOf(word) == scalar.Text);
                fault = $"`{scalar.Text}` is unknown{Nearest.Guess(scalar.Text, setting.Words)}";
                break;
        }

        return value is not null;
    }

    private static string Shown(SettingNode node) =>
        node switch
        {
            ScalarNode { IsNull: true } => "an empty value",
            ScalarNode { Quoted: true } scalar => $"the quoted text \"{scalar.Text}\"",
            ScalarNode scalar => $"`{scalar.Text}`",
            ListNode => "a list",
            _ => "a section",
        };

    private static string Noun(SettingKind kind) =>
        kind switch
        {
            SettingKind.Whole => "a whole number",
            SettingKind.Real => "a number",
            SettingKind.Flag => "true or false",
            SettingKind.Text => "a text",
            _ => "one of the words known here",
        };
}
