using System.Reflection;

namespace NeuroTrails.Configuration.Settings;

/// <summary>One setting, or one section of settings, as reflection finds it on the option records.</summary>
/// <param name="Path">Dotted path from the root: <c>topology.density</c>; empty for the root.</param>
/// <param name="Property">The property that holds it; absent for the root.</param>
/// <param name="Kind">What its text, or each item of its list, stands for.</param>
/// <param name="ItemType">CLR type of the value, or of a list's item, without nullability.</param>
/// <param name="IsList">Whether it is a list of such values.</param>
/// <param name="MayBeEmpty">Whether <c>null</c> is a value.</param>
/// <param name="Allowed">Its bounds.</param>
/// <param name="Children">The settings of a section, in the order of declaration.</param>
internal sealed record Setting(
    string Path,
    PropertyInfo? Property,
    SettingKind Kind,
    Type ItemType,
    bool IsList,
    bool MayBeEmpty,
    AllowedAttribute Allowed,
    IReadOnlyList<Setting> Children
)
{
    public string Key => Path[(Path.LastIndexOf('.') + 1)..];

    // Words that the value may be; empty where it is free.
    public IReadOnlyList<string> Words => Kind == SettingKind.Word ? SettingName.WordsOf(ItemType) : Allowed.OneOf;

    public IEnumerable<Setting> Leaves => Kind == SettingKind.Section ? Children.SelectMany(child => child.Leaves) : [this];
}
