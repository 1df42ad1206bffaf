using System.Globalization;

namespace NeuroTrails.Data;

/// <summary>Counts what a compressed file expands to, all that is read of it together, and refuses it before memory is exhausted.</summary>
/// <param name="source">The file, for messages.</param>
/// <param name="most">Bytes allowed.</param>
internal sealed class ExpansionLimit(string source, long most)
{
    private long _expanded;

    /// <summary>The file, for messages.</summary>
    public string Source { get; } = source;

    /// <summary>Counts bytes, read or promised.</summary>
    /// <param name="bytes">How many.</param>
    /// <exception cref="UserErrorException">They are too many, with those before.</exception>
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
