namespace NeuroTrails.Configuration;

/// <summary>The word that stands for an enumeration's member in YAML, where snake_case of its name would read badly.</summary>
/// <param name="word">The word, lower case.</param>
[AttributeUsage(AttributeTargets.Field)]
public sealed class SettingValueAttribute(string word) : Attribute
{
    /// <summary>The word, lower case.</summary>
    public string Word { get; } = word;
}
