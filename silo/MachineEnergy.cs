using System.Globalization;
using System.Text.RegularExpressions;
using NeuroTrails.Files;

namespace NeuroTrails.Silo;

/// <summary>Energy that the machine's processor packages have taken, as Linux tells it (RAPL, powercap). Nothing else of the machine is in
/// it: neither a GPU nor, on most machines, the memory.</summary>
public sealed partial class MachineEnergy
{
    /// <summary>Where Linux tells it.</summary>
    public const string Folder = "/sys/class/powercap";

    private const double MicroJoulesEach = 1e6;
    private readonly Lock _gate = new();
    private readonly List<Package> _packages;

    /// <summary>Looks for the packages.</summary>
    /// <param name="folder">Folder with a folder for each domain; it may be missing.</param>
    public MachineEnergy(string folder = Folder)
    {
        try
        {
            // Domains inside a package, such as its cores, are counted in it; psys is the whole board; intel-rapl-mmio is a package again.
            _packages = Directory.Exists(folder)
                ?
                [
                    .. Directory
                        .EnumerateDirectories(folder)
                        .Where(domain => Domain().IsMatch(Path.GetFileName(domain)) && Text(domain, "name") is ['p', 'a', 'c', 'k', ..])
                        .Order(StringComparer.Ordinal)
                        .Select(domain => new Package(domain)),
                ]
                : [];
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            _packages = [];
        }

        _ = Joules();
    }

    /// <summary>Joules that all packages have taken since this was made; null where the machine does not tell, or not of all of them. Asked
    /// less often than their counters go round (about once in half an hour at full load), it is too small.</summary>
    public double? Joules()
    {
        lock (_gate)
        {
            // All are read, whether or not one cannot be.
            var told = _packages.Count(package => package.Read());
            return told > 0 && told == _packages.Count ? _packages.Sum(package => package.MicroJoules) / MicroJoulesEach : null;
        }
    }

    private static string? Text(string domain, string file)
    {
        try
        {
            return RegularFile.ReadAllText(Path.Combine(domain, file)).Trim();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // Since 2020 kernels let root alone read the counters.
            return null;
        }
    }

    private static long? Number(string domain, string file) =>
        long.TryParse(Text(domain, file), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    [GeneratedRegex("^intel-rapl:[0-9]+$")]
    private static partial Regex Domain();

    private sealed class Package(string domain)
    {
        private readonly long _range = Number(domain, "max_energy_range_uj") ?? 0;
        private long? _last;

        /// <summary>Taken since it was read first.</summary>
        public double MicroJoules { get; private set; }

        /// <summary>Reads the counter.</summary>
        /// <returns>False where that cannot be.</returns>
        public bool Read()
        {
            if (Number(domain, "energy_uj") is not { } now)
            {
                return false;
            }

            var more = now - (_last ?? now);
            MicroJoules += more >= 0 ? more : Math.Max(0, more + _range);
            _last = now;
            return true;
        }
    }
}
