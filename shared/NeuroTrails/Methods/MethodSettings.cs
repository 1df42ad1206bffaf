using NeuroTrails.Configuration;
using NeuroTrails.Configuration.Settings;

namespace NeuroTrails.Methods;

/// <summary>What methods decide about settings.</summary>
public static class MethodSettings
{
    /// <summary>One line on what a method decides; null where it leaves everything to the user.</summary>
    /// <param name="method">The method.</param>
    public static string? Notice(EnsembleMethod method)
    {
        ArgumentNullException.ThrowIfNull(method);
        return method.Fixed.Count == 0
            ? null
            : $"method {method.Name}: "
                + $"{string.Join(", ", method.Fixed.Select(setting => $"{setting.Key} is {SettingDescription.ValueText(setting.Value)}"))}";
    }

    /// <summary>What a method decides otherwise than options have it, as assignments <c>path=value</c>.</summary>
    /// <param name="method">The method.</param>
    /// <param name="options">Options of a run, by whichever method.</param>
    public static IReadOnlyList<string> Assignments(EnsembleMethod method, RunOptions options)
    {
        ArgumentNullException.ThrowIfNull(method);
        ArgumentNullException.ThrowIfNull(options);
        return
        [
            .. Against(method, options).Select(setting => $"{setting.Path}={SettingDescription.ValueText(method.Fixed[setting.Path])}"),
        ];
    }

    /// <summary>One line on settings that were changed and that a method does not use; null where there is none.</summary>
    /// <param name="method">The method.</param>
    /// <param name="options">Options of a run.</param>
    public static string? Unused(EnsembleMethod method, RunOptions options)
    {
        ArgumentNullException.ThrowIfNull(method);
        var plain = new RunOptions();
        var unused = EnsembleMethods
            .All.SelectMany(other => other.OwnSettings)
            .Distinct(StringComparer.Ordinal)
            .Where(path => !method.OwnSettings.Contains(path, StringComparer.Ordinal))
            .Where(path => !Equals(SettingDefaults.Of(path, options), SettingDefaults.Of(path, plain)))
            .ToList();
        return unused.Count == 0
            ? null
            : $"method {method.Name} does not use {string.Join(", ", unused)}; "
                + string.Join("; ", unused.Select(path => $"{Last(path)} is for {string.Join(", ", Users(path))}"));

        static string Last(string path) => path[(path.LastIndexOf('.') + 1)..];

        static IEnumerable<string> Users(string path) =>
            EnsembleMethods.All.Where(other => other.OwnSettings.Contains(path, StringComparer.Ordinal)).Select(other => other.Name);
    }

    /// <summary>Why a setting that somebody gave does nothing; null where it may do something.</summary>
    /// <param name="method">The method.</param>
    /// <param name="assignment">The setting with its value: <c>ensemble.blocks_in_head=2</c>.</param>
    public static string? Idle(EnsembleMethod method, string assignment)
    {
        ArgumentNullException.ThrowIfNull(method);
        ArgumentNullException.ThrowIfNull(assignment);
        var parts = assignment.Split('=', 2, StringSplitOptions.TrimEntries);
        return !method.Divides && parts is ["ensemble.blocks_in_head", not "0"]
            ? $"{parts[0]}: {parts[1]} means nothing to method {method.Name}, which does not divide its network into shared blocks "
                + "and those of heads. Allowed there: 0"
            : null;
    }

    /// <summary>The settings that are not as a method has them.</summary>
    /// <param name="method">The method.</param>
    /// <param name="options">Options of a run.</param>
    /// <returns>Path, and what is wrong.</returns>
    internal static IReadOnlyList<(string Path, string Message)> Against(EnsembleMethod method, RunOptions options) =>
        [
            .. method
                .Fixed.Where(setting => !Equals(SettingDefaults.Of(setting.Key, options), setting.Value))
                .Select(setting =>
                    (
                        setting.Key,
                        $"{SettingDescription.ValueText(SettingDefaults.Of(setting.Key, options))} does not fit method {method.Name}; "
                            + $"allowed there is {SettingDescription.ValueText(setting.Value)}"
                    )
                ),
        ];

    /// <summary>The options of all layers, with what the method decides. Defaults and presets give
    /// way; a value that the user gave is a fault.</summary>
    /// <param name="layers">The layers.</param>
    /// <param name="errors">Receives the faults.</param>
    internal static RunOptions Decide(SettingLayers layers, SettingErrors errors)
    {
        var options = layers.Build();
        if (EnsembleMethods.Find(options.Ensemble.Method) is not { } method)
        {
            var (path, name) = ("ensemble.method", options.Ensemble.Method);
            errors.Add(
                path,
                $"`{name}` is no method{Nearest.Guess(name, EnsembleMethods.Names)}; allowed is {string.Join(", ", EnsembleMethods.Names)}",
                layers.OriginOf(path),
                Nearest.To(name, EnsembleMethods.Names) ?? EnsembleMethods.All[0].Name
            );
            return options;
        }

        foreach (var (setting, message) in Against(method, options))
        {
            if (layers.OriginOf(setting) is { IsPreset: false } origin)
            {
                errors.Add(setting, message, origin, SettingDescription.ValueText(method.Fixed[setting]));
            }
            else
            {
                layers.Lay(setting, method.Fixed[setting], new($"method {method.Name}"));
            }
        }

        return layers.Build();
    }
}
