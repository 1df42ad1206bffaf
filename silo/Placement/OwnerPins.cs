using System.Globalization;
using NeuroTrails.Models;

namespace NeuroTrails.Silo.Placement;

/// <summary>Owners that must live in a certain place, as a user writes it: <c>head0=a/cuda:0</c>, <c>head-1=b</c>,
/// <c>backbone=a</c>.</summary>
internal static class OwnerPins
{
    public static IReadOnlyDictionary<OwnerId, (string Member, string? Device)> Parse(IReadOnlyList<string> texts, int heads)
    {
        var pins = new Dictionary<OwnerId, (string, string?)>();
        foreach (var text in texts)
        {
            var (owner, place) = Read(text, heads) ?? throw Unreadable(text, heads);
            if (!pins.TryAdd(owner, place))
            {
                throw new UserErrorException(
                    $"--place {text}: {owner} has a place already, "
                        + $"'{pins[owner].Item1}{(pins[owner].Item2 is { } device ? "/" + device : string.Empty)}'. Give each owner one "
                        + "place."
                );
            }
        }

        return pins;
    }

    private static (OwnerId Owner, (string Member, string? Device) Place)? Read(string text, int heads) =>
        text.Split('=', 2, StringSplitOptions.TrimEntries) is [var left, var right] && Owner(left, heads) is { } owner
            ? right.Split('/', 2, StringSplitOptions.TrimEntries) switch
            {
                [{ Length: > 0 } member] => (owner, (member, null)),

                // A silo offers its CPU as cpu, however it was started.
                [{ Length: > 0 } member, { Length: > 0 } device] => (owner, (member, device == "cpu:0" ? "cpu" : device)),
                _ => null,
            }
            : null;

    private static OwnerId? Owner(string name, int heads)
    {
        if (name == "backbone")
        {
            return OwnerId.Backbone;
        }

        var digits =
            name.StartsWith("head-", StringComparison.Ordinal) ? name[5..]
            : name.StartsWith("head", StringComparison.Ordinal) ? name[4..]
            : string.Empty;
        return int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var head) && head < heads ? new(head) : null;
    }

    private static UserErrorException Unreadable(string seen, int heads) =>
        new(
            $"--place {seen} is no place for an owner. Allowed: OWNER=SILO or OWNER=SILO/DEVICE, where OWNER is backbone or head0 to "
                + $"head{heads - 1}, such as head0=a/cuda:0."
        );
}
