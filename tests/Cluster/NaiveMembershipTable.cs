using System.Globalization;

namespace NeuroTrails.Tests.Cluster;

/// <summary>What a membership table should do, as plainly as it can be said, for one caller at a time.</summary>
internal sealed class NaiveMembershipTable
{
    private readonly Dictionary<SiloAddress, (MembershipEntry Entry, int Etag)> _rows = [];
    private int _version;

    public bool Insert(MembershipEntry entry, TableVersion next) => Change(next, !_rows.ContainsKey(entry.SiloAddress), entry);

    public bool Update(MembershipEntry entry, string etag, TableVersion next)
        => Change(next, _rows.TryGetValue(entry.SiloAddress, out var row) && Text(row.Etag) == etag, entry);

    public void Alive(SiloAddress silo, DateTime time)
    {
        if (_rows.TryGetValue(silo, out var row))
        {
            row.Entry.IAmAliveTime = time;
        }
    }

    public void Cleanup(DateTimeOffset before)
    {
        foreach (var (silo, (entry, _)) in _rows.ToArray())
        {
            if (entry.Status != SiloStatus.Active && entry.StartTime < before.UtcDateTime && entry.IAmAliveTime < before.UtcDateTime)
            {
                _rows.Remove(silo);
            }
        }
    }

    public void Delete()
    {
        _rows.Clear();
        _version = 0;
    }

    public MembershipTableData Read(SiloAddress? silo = null) => new(
        [.. _rows.Values.Where(row => silo is null || row.Entry.SiloAddress.Equals(silo)).Select(row => Tuple.Create(row.Entry, Text(row.Etag)))],
        new(_version, Text(_version)));

    private bool Change(TableVersion next, bool fits, MembershipEntry entry)
    {
        if (!fits || next.VersionEtag != Text(_version) || next.Version <= _version)
        {
            return false;
        }

        _version = next.Version;
        _rows[entry.SiloAddress] = (entry, _version);
        return true;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
