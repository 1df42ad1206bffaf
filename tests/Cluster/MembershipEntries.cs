using System.Net;

namespace NeuroTrails.Tests.Cluster;

/// <summary>Entries for tests of membership tables.</summary>
internal static class MembershipEntries
{
    public static readonly DateTime Start = new(2031, 5, 17, 12, 30, 15, 250, DateTimeKind.Utc);

    public static SiloAddress Address(int number) => SiloAddress.New(IPAddress.Loopback, 11000 + number, 1000 + number);

    public static MembershipEntry Entry(int number, SiloStatus status = SiloStatus.Joining) => new()
    {
        SiloAddress = Address(number),
        Status = status,
        SiloName = $"silo {number}",
        HostName = "localhost",
        ProxyPort = 30000 + number,
        StartTime = Start,
        IAmAliveTime = Start.AddSeconds(number),
        SuspectTimes = [],
    };

    /// <summary>An entry with every field drawn.</summary>
    public static MembershipEntry Entry(int number, Random random) => new()
    {
        SiloAddress = Address(number),
        Status = (SiloStatus)random.Next(0, 7),
        SiloName = $"silo '{random.Next()}' ü",
        HostName = $"host{random.Next(9)}",
        ProxyPort = random.Next(0, 65536),
        RoleName = random.Next(2) == 0 ? null : "role",
        UpdateZone = random.Next(9),
        FaultZone = random.Next(9),
        StartTime = Start.AddMilliseconds(random.Next()),
        IAmAliveTime = Start.AddMilliseconds(random.Next()),
        SuspectTimes = [.. Enumerable.Range(0, random.Next(3)).Select(i => Tuple.Create(Address(i), Start.AddTicks(random.Next())))],
    };

    /// <summary>Everything that an entry says.</summary>
    public static string Text(this MembershipEntry entry) =>
        $"{entry.SiloAddress.ToParsableString()} {entry.Status} {entry.SiloName} {entry.HostName} {entry.ProxyPort} {entry.RoleName} {entry.UpdateZone} {entry.FaultZone} "
        + $"{entry.StartTime:O} {entry.IAmAliveTime:O} {string.Join(',', (entry.SuspectTimes ?? []).Select(vote => $"{vote.Item1.ToParsableString()} {vote.Item2:O}"))}";

    /// <summary>Everything that a table says.</summary>
    public static string Text(this MembershipTableData table) =>
        $"{table.Version} {string.Join('\n', table.Members.Select(member => $"{member.Item2}: {member.Item1.Text()}").Order(StringComparer.Ordinal))}";
}
