namespace NeuroTrails.Configuration.Settings;

/// <summary>Values by dotted path, laid over each other; each remembers where it was written.</summary>
internal sealed class SettingLayers(SettingErrors errors)
{
    private readonly Dictionary<string, (object? Value, SettingOrigin Origin)> _values = [];

    public SettingOrigin? OriginOf(string path) => _values.TryGetValue(path, out var entry) ? entry.Origin : null;

    public void Lay(SettingNode? root)
    {
        if (root is not null)
        {
            LaySection(SettingSchema.Root, root);
        }
    }

    public void Lay(string path, string text, SettingOrigin origin)
    {
        if (!SettingSchema.ByPath.TryGetValue(path, out var setting))
        {
            errors.Add($"{path}: no such setting{SettingGuess.For(path)}", origin);
            return;
        }

        // A text is taken as it is typed, so that a path with # or a colon needs no quotes of YAML inside those of the shell.
        var node = setting is { Kind: SettingKind.Text, IsList: false }
            ? new ScalarNode(text, false, origin)
            : YamlReader.Read(
                setting.IsList && !text.StartsWith('[') && text != "null" ? $"[{text}]" : text,
                origin.Source,
                hasLines: false,
                errors
            );
        LayValue(setting, node ?? new ScalarNode(string.Empty, false, origin));
    }

    public void Lay(string path, object? value, SettingOrigin origin) => _values[path] = (value, origin);

    public void CheckBounds()
    {
        foreach (var setting in SettingSchema.Root.Leaves)
        {
            if (_values.TryGetValue(setting.Path, out var entry) && SettingValue.OutOfBounds(setting, entry.Value) is { } fault)
            {
                Complain(setting, fault, entry.Origin);
            }
        }
    }

    public RunOptions Build() => (RunOptions)Build(SettingSchema.Root);

    private static string? ExampleFor(Setting setting) =>
        setting.Kind == SettingKind.Section || SettingDefaults.Of(setting.Path) is not { } value
            ? null
            : SettingDescription.ValueText(value).Replace(" ", string.Empty, StringComparison.Ordinal);

    private object Build(Setting section)
    {
        var built = Activator.CreateInstance(section.ItemType)!;
        foreach (var child in section.Children)
        {
            if (child.Kind == SettingKind.Section)
            {
                child.Property!.SetValue(built, Build(child));
            }
            else if (_values.TryGetValue(child.Path, out var entry))
            {
                child.Property!.SetValue(built, entry.Value);
            }
        }

        return built;
    }

    private void LaySection(Setting section, SettingNode node)
    {
        if (node is ScalarNode { IsNull: true })
        {
            return;
        }

        if (node is not SectionNode written)
        {
            var name = section.Path.Length == 0 ? "The configuration" : section.Path;
            errors.Add($"{name}: expected {SettingDescription.AllowedText(section)}", node.Origin);
            return;
        }

        var seen = new HashSet<string>();
        foreach (var (key, value, origin) in written.Entries)
        {
            var path = section.Path.Length == 0 ? key : $"{section.Path}.{key}";
            if (!seen.Add(key))
            {
                errors.Add($"{path}: is set twice", origin);
            }
            else if (section.Children.FirstOrDefault(child => child.Key == key) is { } setting)
            {
                LayValue(setting, value);
            }
            else
            {
                errors.Add($"{path}: no such setting{SettingGuess.For(path)}", origin);
            }
        }
    }

    private void LayValue(Setting setting, SettingNode node)
    {
        if (setting.Kind == SettingKind.Section && !setting.IsList)
        {
            LaySection(setting, node);
        }
        else if (SettingValue.TryRead(setting, node, out var value, out var fault))
        {
            _values[setting.Path] = (value, node.Origin);
        }
        else
        {
            Complain(setting, fault, node.Origin);
        }
    }

    private void Complain(Setting setting, string fault, SettingOrigin origin) =>
        errors.Add(setting.Path, $"{fault}; allowed is {SettingDescription.AllowedText(setting)}", origin, ExampleFor(setting));
}
