using System.Globalization;
using Microsoft.Extensions.Logging;

namespace NeuroTrails.Silo;

/// <summary>
/// Decides what of an entry is worth a line. A library's fault is told in one line, not by its trace, which says nothing of our code; and
/// what repeats itself is told once a minute with a count: a database that is away for an hour must not fill the disk with one sentence.
/// </summary>
internal sealed class RepeatedLog(TimeProvider time)
{
    private readonly OncePerMinute _said = new(time, mostKinds: 256);

    // What to write after the entry's head; null where nothing is to be written. Callers take turns.
    public string? Text(string category, EventId id, string message, Exception? fault)
    {
        var isOurs = category.StartsWith(nameof(NeuroTrails), StringComparison.Ordinal);
        if (isOurs && fault is null)
        {
            return $"{message}\n";
        }

        // Libraries put addresses and times into messages, which make each one look new.
        var kind = string.Create(
            CultureInfo.InvariantCulture,
            $"{category} {id.Id} {(isOurs || id.Name is null ? message : id.Name)} {fault?.GetType()}"
        );
        if (_said.Unsaid(kind) is not { } unsaid)
        {
            return null;
        }

        var count =
            unsaid == 0
                ? string.Empty
                : string.Create(CultureInfo.InvariantCulture, $" (and {unsaid} more such entries since the last one)");
        return isOurs ? $"{message}{count}\n{fault}\n" : $"{OneLine(message)}{Causes(fault)}{count}\n";
    }

    private static string Causes(Exception? fault)
    {
        var text = string.Empty;
        for (; fault is not null; fault = fault.InnerException)
        {
            text += $" <- {fault.GetType().Name}: {OneLine(fault.Message)}";
        }

        return text;
    }

    // Orleans puts whole traces into messages, too.
    private static string OneLine(string text)
    {
        var lines = text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Where(line => !line.StartsWith("at ", StringComparison.Ordinal) && !line.StartsWith("--- ", StringComparison.Ordinal));
        var line = string.Join(' ', lines);
        return line.Length <= 400 ? line : line[..400] + "…";
    }
}
