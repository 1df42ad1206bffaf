using NeuroTrails.Configuration.Settings;
using NeuroTrails.Methods;

namespace NeuroTrails.Configuration;

/// <summary>
/// Makes the options of a run out of layers, the later over the earlier: defaults, preset, file, <c>--set</c>, dedicated options
/// of the command line. Everything that is wrong is reported at once, by <see cref="Read"/>.
/// </summary>
public sealed class RunOptionsReader
{
    private readonly SettingErrors _errors = new();
    private readonly SettingLayers _layers;

    /// <summary>Starts from the defaults.</summary>
    public RunOptionsReader() => _layers = new SettingLayers(_errors);

    /// <summary>The options of a resolved <c>config.yaml</c>.</summary>
    /// <param name="yaml">What <see cref="RunOptionsWriter"/> wrote.</param>
    /// <exception cref="UserErrorException">Everything that is wrong with it.</exception>
    public static RunOptions Parse(string yaml) => new RunOptionsReader().AddText(yaml, "config.yaml").Read();

    /// <summary>Lays a preset over what is there.</summary>
    /// <param name="name">The preset's name.</param>
    public RunOptionsReader AddPreset(string name)
    {
        if (Presets.Find(name) is { } text)
        {
            AddText(text, SettingOrigin.OfPreset(name));
        }
        else
        {
            _errors.Add(
                $"--preset: `{name}` is unknown{Nearest.Guess(name, Presets.Names)}; allowed is {string.Join(", ", Presets.Names)}",
                new SettingOrigin("--preset")
            );
        }

        return this;
    }

    /// <summary>Whether there is a setting of this dotted path.</summary>
    /// <param name="path">Such as <c>topology.density</c>.</param>
    public static bool IsSetting(string path) => SettingSchema.ByPath.ContainsKey(path);

    /// <summary>Lays a YAML file over what is there.</summary>
    /// <param name="path">The file.</param>
    public RunOptionsReader AddFile(string path)
    {
        try
        {
            AddText(File.ReadAllText(path), path);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            _errors.Add($"The configuration file `{path}` cannot be read: {fault.Message}", new SettingOrigin("--config"));
        }

        return this;
    }

    /// <summary>Lays YAML over what is there.</summary>
    /// <param name="yaml">The YAML.</param>
    /// <param name="source">What to call it in errors.</param>
    public RunOptionsReader AddText(string yaml, string source)
    {
        _layers.Lay(YamlReader.Read(yaml, source, hasLines: true, _errors));
        return this;
    }

    /// <summary>Lays one value over what is there, written as <c>path=value</c>.</summary>
    /// <param name="assignment">Such as <c>topology.density=0.1</c>.</param>
    public RunOptionsReader AddAssignment(string assignment)
    {
        ArgumentNullException.ThrowIfNull(assignment);
        var equals = assignment.IndexOf('=', StringComparison.Ordinal);
        if (equals <= 0)
        {
            _errors.Add($"`{assignment}` is not of the form path=value, such as topology.density=0.1", new SettingOrigin("--set"));
            return this;
        }

        _layers.Lay(assignment[..equals].Trim(), assignment[(equals + 1)..].Trim(), new SettingOrigin("--set"));
        return this;
    }

    /// <summary>Lays the value of a dedicated option of the command line over what is there.</summary>
    /// <param name="path">The setting that it stands for.</param>
    /// <param name="text">The value as typed; null where the option was not given.</param>
    /// <param name="option">The option: <c>--seed</c>.</param>
    public RunOptionsReader AddOption(string path, string? text, string option)
    {
        if (text is not null)
        {
            _layers.Lay(path, text, new SettingOrigin(option));
        }

        return this;
    }

    /// <summary>The options of all layers together.</summary>
    /// <exception cref="UserErrorException">Everything that is wrong with them.</exception>
    public RunOptions Read()
    {
        _layers.CheckBounds();
        var options = MethodSettings.Decide(_layers, _errors);
        RunOptionsRules.Check(options, (path, message, example) => _errors.Add(path, message, _layers.OriginOf(path), example));
        _errors.ThrowIfAny();
        return options;
    }
}
