using System.Globalization;
using Npgsql;

namespace NeuroTrails.Silo.Cluster.Postgres;

/// <summary>A silo's entry as a row, and back.</summary>
internal static class PostgresMembershipRow
{
    /// <summary>The columns that <see cref="Read"/> expects, in its order.</summary>
    public const string Columns = "m.silo, m.etag, m.status, m.silo_name, m.host_name, m.proxy_port, m.role_name, m.update_zone, m.fault_zone, m.suspects, m.start_time, m.i_am_alive";

    /// <summary>An entry as the values of a command; the silo's address, which is the key, is among them.</summary>
    public static (string, object?)[] Values(this MembershipEntry entry) =>
    [
        ("silo", entry.SiloAddress.ToParsableString()),
        ("status", (int)entry.Status),
        ("silo_name", entry.SiloName ?? ""),
        ("host_name", entry.HostName ?? ""),
        ("proxy_port", entry.ProxyPort),
        ("role_name", entry.RoleName),
        ("update_zone", entry.UpdateZone),
        ("fault_zone", entry.FaultZone),
        ("suspects", (entry.SuspectTimes ?? []).Select(Suspect).ToArray()),
        ("start_time", Utc(entry.StartTime)),
        ("i_am_alive", Utc(entry.IAmAliveTime)),
    ];

    /// <summary>Reads an entry and its ETag, from a column on.</summary>
    public static Tuple<MembershipEntry, string> Read(NpgsqlDataReader row, int first) => Tuple.Create(
        new MembershipEntry
        {
            SiloAddress = SiloAddress.FromParsableString(row.GetString(first)),
            Status = (SiloStatus)row.GetInt32(first + 2),
            SiloName = row.GetString(first + 3),
            HostName = row.GetString(first + 4),
            ProxyPort = row.GetInt32(first + 5),
            RoleName = row.IsDBNull(first + 6) ? null : row.GetString(first + 6),
            UpdateZone = row.GetInt32(first + 7),
            FaultZone = row.GetInt32(first + 8),
            SuspectTimes = [.. row.GetFieldValue<string[]>(first + 9).Select(Suspect)],
            StartTime = row.GetDateTime(first + 10),
            IAmAliveTime = row.GetDateTime(first + 11),
        },
        row.GetInt32(first + 1).ToString(CultureInfo.InvariantCulture));

    /// <summary>Orleans' times are UTC, whether they say so or not; the database takes only those that do.</summary>
    public static DateTime Utc(DateTime time) => DateTime.SpecifyKind(time, DateTimeKind.Utc);

    private static string Suspect(Tuple<SiloAddress, DateTime> vote) => $"{vote.Item1.ToParsableString()} {Utc(vote.Item2).ToString("O", CultureInfo.InvariantCulture)}";

    private static Tuple<SiloAddress, DateTime> Suspect(string vote)
    {
        var gap = vote.IndexOf(' ', StringComparison.Ordinal);
        return Tuple.Create(
            SiloAddress.FromParsableString(vote[..gap]),
            DateTime.Parse(vote.AsSpan(gap + 1), CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind));
    }
}
