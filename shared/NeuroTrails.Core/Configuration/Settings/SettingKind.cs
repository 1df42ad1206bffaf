namespace NeuroTrails.Configuration.Settings;

/// <summary>What a setting's text stands for.</summary>
internal enum SettingKind
{
    /// <summary>Settings below it.</summary>
    Section,

    /// <summary>Any text.</summary>
    Text,

    /// <summary>A whole number.</summary>
    Whole,

    /// <summary>A finite real number.</summary>
    Real,

    /// <summary>true or false.</summary>
    Flag,

    /// <summary>One of an enumeration's words.</summary>
    Word,
}
