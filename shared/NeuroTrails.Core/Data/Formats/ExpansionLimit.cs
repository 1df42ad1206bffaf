using System.Globalization;

namespace NeuroTrails.Data;

/// <summary>Counts what a compressed file expands to, all that is read of it together, and refuses it before memory is exhausted.</summary>
internal sealed class ExpansionLimit(string source, long most)
{
    private long _expanded;

    public string Source { get; } = source;

    // Counts bytes, read or promised.
    public void Add(long bytes)
    {
        if (bytes < 0 || bytes > most - _expanded)
        {
            throw new UserErrorException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{Source}: it expands to more than {most:N0} bytes, the most that a compressed file may. Unpack it where that is "
                        + $"meant "
                ) + "(gunzip; numpy.savez instead of savez_compressed): plain files have no such limit."
            );
        }

        _expanded += bytes;
    }
}
