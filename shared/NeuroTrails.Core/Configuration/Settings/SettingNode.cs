namespace NeuroTrails.Configuration.Settings;

/// <summary>A piece of YAML with the place where it was written.</summary>
/// <param name="Origin">The place.</param>
internal abstract record SettingNode(SettingOrigin Origin);

/// <summary>A single value.</summary>
/// <param name="Text">Its text, without quotes.</param>
/// <param name="Quoted">Whether it stood in quotes, and so can only be a text.</param>
/// <param name="Origin">Where it was written.</param>
internal sealed record ScalarNode(string Text, bool Quoted, SettingOrigin Origin) : SettingNode(Origin)
{
    /// <summary>Whether it is one of YAML's ways to say that there is no value.</summary>
    public bool IsNull => !Quoted && (Text is "" or "null" or "~");
}

/// <summary>A list.</summary>
/// <param name="Items">The items, in order.</param>
/// <param name="Origin">Where it starts.</param>
internal sealed record ListNode(IReadOnlyList<SettingNode> Items, SettingOrigin Origin) : SettingNode(Origin);

/// <summary>A section: keys with their values.</summary>
/// <param name="Entries">The entries, in order, duplicates included.</param>
/// <param name="Origin">Where it starts.</param>
internal sealed record SectionNode(IReadOnlyList<SectionEntry> Entries, SettingOrigin Origin) : SettingNode(Origin);

/// <summary>One entry of a section.</summary>
/// <param name="Key">The key.</param>
/// <param name="Value">The value.</param>
/// <param name="Origin">Where the key stands.</param>
internal readonly record struct SectionEntry(string Key, SettingNode Value, SettingOrigin Origin);
