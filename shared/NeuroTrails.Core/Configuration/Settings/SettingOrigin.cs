namespace NeuroTrails.Configuration.Settings;

/// <summary>Where a value was written, for error messages.</summary>
/// <param name="Source">A file's name, <c>preset quickstart</c>, <c>--set</c> or another option of the command line.</param>
/// <param name="Line">Line in the file, from 1; 0 where lines mean nothing.</param>
internal readonly record struct SettingOrigin(string Source, int Line = 0)
{
    private const string Preset = "preset ";

    // Whether a preset says so, and not the user.
    public bool IsPreset => Source.StartsWith(Preset, StringComparison.Ordinal);

    public static string OfPreset(string name) => Preset + name;

    public override string ToString() => Line > 0 ? $"{Source}, line {Line}" : Source;
}
