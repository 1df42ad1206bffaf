namespace NeuroTrails.Configuration.Settings;

/// <summary>Guesses which setting was meant by a path that there is not.</summary>
internal static class SettingGuess
{
    // A phrase to follow the complaint: the setting that was probably meant, else those that there are.
    public static string For(string path)
    {
        var dot = path.LastIndexOf('.');
        var key = path[(dot + 1)..];
        var section = SettingSchema.ByPath.GetValueOrDefault(path[..Math.Max(dot, 0)]) ?? SettingSchema.Root;
        var meant =
            SettingSchema.ByPath.Values.FirstOrDefault(setting => setting.Key == key)?.Path
            ?? (Nearest.To(key, section.Children.Select(child => child.Key)) is { } sibling ? Under(section, sibling) : null)
            ?? (
                Nearest.To(key, SettingSchema.Root.Leaves.Select(leaf => leaf.Key)) is { } other
                    ? SettingSchema.Root.Leaves.First(leaf => leaf.Key == other).Path
                    : null
            );
        return meant is not null
            ? $"; did you mean `{meant}`?"
            : $"; known here: {string.Join(", ", section.Children.Select(child => child.Key))}";
    }

    private static string Under(Setting section, string key) => section.Path.Length == 0 ? key : $"{section.Path}.{key}";
}
