namespace NeuroTrails.Configuration.Settings;

/// <summary>Where a value was written, for error messages.</summary>
/// <param name="Source">A file's name, <c>preset quickstart</c>, <c>--set</c> or another option of the command line.</param>
/// <param name="Line">Line in the file, from 1; 0 where lines mean nothing.</param>
internal readonly record struct SettingOrigin(string Source, int Line = 0)
{
    private const string Preset = "preset ";

    /// <summary>Whether a preset says so, and not the user.</summary>
    public bool IsPreset => Source.StartsWith(Preset, StringComparison.Ordinal);

    /// <summary>Where a preset's values come from.</summary>
    /// <param name="name">Its name.</param>
    public static string OfPreset(string name) => Preset + name;

    /// <inheritdoc/>
    public override string ToString() => Line > 0 ? $"{Source}, line {Line}" : Source;
}
