using System.Globalization;
using System.Text;

namespace NeuroTrails.Configuration.Settings;

/// <summary>Collects everything that is wrong, so that the user sees all of it at once.</summary>
internal sealed class SettingErrors
{
    private readonly List<string> _lines = [];

    /// <summary>Whether nothing is wrong so far.</summary>
    public bool None => _lines.Count == 0;

    /// <summary>Notes a fault in no setting in particular.</summary>
    public void Add(string message, SettingOrigin origin) => _lines.Add($"{message} ({origin})");

    /// <summary>Notes a fault of one setting and how it can be changed.</summary>
    /// <param name="path">The setting.</param>
    /// <param name="message">What was seen and what is allowed.</param>
    /// <param name="origin">Where the value was written; default where it is nowhere.</param>
    /// <param name="example">A value that is allowed.</param>
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

    /// <summary>Throws where anything is wrong.</summary>
    /// <exception cref="UserErrorException">All faults, one a line.</exception>
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
