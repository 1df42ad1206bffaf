namespace NeuroTrails.Configuration.Settings;

/// <summary>What a setting's text stands for.</summary>
internal enum SettingKind
{
    Section,

    Text,

    Whole,

    Real,

    Flag,

    Word,
}
