namespace NeuroTrails.Configuration.Settings;

/// <summary>Reads values out of options by dotted path.</summary>
internal static class SettingDefaults
{
    private static readonly RunOptions Defaults = new();

    public static object? Of(string path) => Of(path, Defaults);

    public static object? Of(string path, RunOptions options)
    {
        object? value = options;
        var end = -1;
        do
        {
            end = path.IndexOf('.', end + 1);
            value = SettingSchema.ByPath[end < 0 ? path : path[..end]].Property!.GetValue(value);
        } while (end >= 0);
        return value;
    }
}
