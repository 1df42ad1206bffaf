using NeuroTrails.Configuration;
using NeuroTrails.Configuration.Settings;

namespace NeuroTrails.Tests.Configuration;

/// <summary>Draws values that each setting allows on its own; the rules between settings are not looked at.</summary>
internal sealed class RandomOptions(int seed)
{
    private const string Letters = "abcXYZ 0189_-./:#'\"\\{}[],&*!|>%@`~äπ\t\n😀";
    private readonly Random _random = new(seed);

    /// <summary>Options with every setting drawn.</summary>
    public RunOptions Draw() => (RunOptions)Draw(SettingSchema.Root);

    /// <summary>A value of one setting, in the property's type.</summary>
    public object? DrawValue(Setting setting)
    {
        if (setting.MayBeEmpty && _random.Next(3) == 0)
        {
            return null;
        }

        if (!setting.IsList)
        {
            return DrawItem(setting);
        }

        var items = Array.CreateInstance(
            setting.ItemType,
            _random.Next(setting.Allowed.MinItems, Math.Min(setting.Allowed.MaxItems, 4) + 1)
        );
        for (var i = 0; i < items.Length; i++)
        {
            items.SetValue(DrawItem(setting), i);
        }

        return items;
    }

    private object Draw(Setting section)
    {
        var built = Activator.CreateInstance(section.ItemType)!;
        foreach (var child in section.Children)
        {
            child.Property!.SetValue(built, child.Kind == SettingKind.Section ? Draw(child) : DrawValue(child));
        }

        return built;
    }

    private object DrawItem(Setting setting) =>
        setting.Kind switch
        {
            SettingKind.Flag => _random.Next(2) == 0,
            SettingKind.Word => Enum.GetValues(setting.ItemType).GetValue(_random.Next(Enum.GetValues(setting.ItemType).Length))!,
            SettingKind.Whole => Convert.ChangeType((long)Math.Ceiling(DrawNumber(setting.Allowed, 1000)), setting.ItemType, null),
            SettingKind.Real => DrawNumber(setting.Allowed, Math.Pow(10, _random.Next(-12, 12))),
            _ when setting.Allowed.OneOf is { Length: > 0 } words => words[_random.Next(words.Length)],
            _ => string.Concat(Enumerable.Range(0, _random.Next(12)).Select(_ => Runes[_random.Next(Runes.Length)].ToString())),
        };

    private static readonly System.Text.Rune[] Runes = [.. Letters.EnumerateRunes()];

    private double DrawNumber(AllowedAttribute allowed, double scale)
    {
        var low = double.IsNaN(allowed.AtLeast)
            ? double.IsNaN(allowed.Above)
                ? -scale
                : allowed.Above
            : allowed.AtLeast;
        var high = double.IsNaN(allowed.AtMost)
            ? double.IsNaN(allowed.Below)
                ? low + scale
                : allowed.Below
            : allowed.AtMost;
        double drawn;
        do
        {
            drawn = low + ((high - low) * _random.NextDouble());
        } while (!allowed.Admits(drawn));
        return drawn;
    }
}
