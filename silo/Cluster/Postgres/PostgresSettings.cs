using Npgsql;

namespace NeuroTrails.Silo.Cluster.Postgres;

/// <summary>Reads a connection string and adds what a cluster needs.</summary>
internal static class PostgresSettings
{
    /// <summary>Reads a connection string.</summary>
    /// <exception cref="UserErrorException">It is none.</exception>
    public static NpgsqlConnectionStringBuilder Parse(string text)
    {
        NpgsqlConnectionStringBuilder settings;
        try
        {
            settings = new(text);
        }
        catch (Exception fault) when (fault is ArgumentException or FormatException or InvalidCastException or OverflowException)
        {
            // Neither the text nor the fault may be shown: a badly quoted password is a likely mistake, and both would repeat parts of it.
            throw Malformed("it cannot be read");
        }

        return string.IsNullOrWhiteSpace(settings.Host) ? throw Malformed("it names no Host") : WithDefaults(settings);
    }

    /// <summary>The server in words, without the password.</summary>
    public static string Server(this NpgsqlConnectionStringBuilder settings) => $"{settings.Host}:{settings.Port}";

    private static NpgsqlConnectionStringBuilder WithDefaults(NpgsqlConnectionStringBuilder settings)
    {
        // Npgsql's own defaults (15 s and 30 s) are as long as a whole recovery may take.
        settings.Timeout = settings.ShouldSerialize("Timeout") ? settings.Timeout : 5;
        settings.CommandTimeout = settings.ShouldSerialize("Command Timeout") ? settings.CommandTimeout : 15;
        // Nobody encrypts a cluster's database by Kerberos unasked, and where the server declines it Npgsql 10 may keep a connection that fails for ever (its issue 6415).
        settings.GssEncryptionMode = settings.ShouldSerialize("GSS Encryption Mode") ? settings.GssEncryptionMode : GssEncryptionMode.Disable;
        settings.ApplicationName ??= "neurotrails";
        return settings;
    }

    private static UserErrorException Malformed(string seen) => new(
        $"--postgres: {seen}. Give a connection string such as \"Host=localhost;Port=5432;Username=neurotrails;Password=…;Database=neurotrails\"; "
        + "a value that contains ; or = stands in single quotes.");
}
