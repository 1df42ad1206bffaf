using System.Globalization;
using System.Text;

namespace NeuroTrails.Configuration.Settings;

/// <summary>Collects everything that is wrong, so that the user sees all of it at once.</summary>
internal sealed class SettingErrors
{
    private readonly List<string> _lines = [];

    public bool None => _lines.Count == 0;

    public void Add(string message, SettingOrigin origin) => _lines.Add($"{message} ({origin})");

    public void Add(string path, string message, SettingOrigin? origin, string? example)
    {
        var line = new StringBuilder($"{path}: {message}");
        var place = origin?.ToString();
        var hint = example is null ? null : $"change it with --set {path}={example}";
        if (place is not null || hint is not null)
        {
            line.Append(" (").AppendJoin("; ", new[] { place, hint }.Where(part => part is not null)).Append(')');
        }

        _lines.Add(line.ToString());
    }

    public void ThrowIfAny()
    {
        if (_lines.Count == 1)
        {
            throw new UserErrorException($"The configuration is not valid. {_lines[0]}");
        }

        if (_lines.Count > 1)
        {
            throw new UserErrorException(
                string.Create(CultureInfo.InvariantCulture, $"The configuration has {_lines.Count} errors:\n  ")
                    + string.Join("\n  ", _lines)
            );
        }
    }
}
