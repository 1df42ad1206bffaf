namespace NeuroTrails.Configuration.Settings;

/// <summary>A piece of YAML with the place where it was written.</summary>
internal abstract record SettingNode(SettingOrigin Origin);

/// <summary>A single value.</summary>
internal sealed record ScalarNode(string Text, bool Quoted, SettingOrigin Origin) : SettingNode(Origin)
{
    public bool IsNull => !Quoted && (Text is "" or "null" or "~");
}

internal sealed record ListNode(IReadOnlyList<SettingNode> Items, SettingOrigin Origin) : SettingNode(Origin);

/// <summary>A section: keys with their values.</summary>
internal sealed record SectionNode(IReadOnlyList<SectionEntry> Entries, SettingOrigin Origin) : SettingNode(Origin);

internal readonly record struct SectionEntry(string Key, SettingNode Value, SettingOrigin Origin);
