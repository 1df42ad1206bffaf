using System.Globalization;
using NeuroTrails.Silo;

namespace NeuroTrails.Tests.Engine;

/// <summary>Energy as Linux tells it, from a folder made up like its own.</summary>
public sealed class MachineEnergyTests : IDisposable
{
    private const long Range = 262_143_328_850;
    private readonly string _root = Directory.CreateTempSubdirectory("neurotrails-energy-").FullName;

    private string Folder => Path.Combine(_root, "class");

    [Fact]
    public void Counters_of_all_packages_are_added_also_where_they_go_round()
    {
        var random = new Random(7);
        long[] counters = [random.NextInt64(Range), random.NextInt64(Range)];
        for (var package = 0; package < counters.Length; package++)
        {
            Domain($"intel-rapl:{package}", $"package-{package}", counters[package]);
        }

        // None of these counts: part of a package, the whole board, a package again.
        Domain("intel-rapl:0:0", "core", 5);
        Domain("intel-rapl:2", "psys", 6);
        Domain("intel-rapl-mmio:0", "package-0", 7);
        Directory.CreateDirectory(Path.Combine(Folder, "intel-rapl"));
        var energy = new MachineEnergy(Folder);
        var (naive, rounds) = (0.0, 0);
        for (var step = 0; step < 1500; step++)
        {
            for (var package = 0; package < counters.Length; package++)
            {
                var more = random.NextInt64(Range / 20);
                naive += more;
                rounds += counters[package] + more >= Range ? 1 : 0;
                counters[package] = (counters[package] + more) % Range;
                Counter($"intel-rapl:{package}", counters[package]);
            }

            Counter("intel-rapl:0:0", random.NextInt64(Range));
            Counter("intel-rapl:2", random.NextInt64(Range));
            Assert.Equal(naive / 1e6, energy.Joules()!.Value, 1e-3);
        }

        Assert.InRange(rounds, 10, 1500);
    }

    [Fact]
    public void A_machine_that_does_not_tell_has_no_energy()
    {
        Assert.Null(new MachineEnergy(Path.Combine(_root, "missing")).Joules());
        Directory.CreateDirectory(Folder);
        Assert.Null(new MachineEnergy(Folder).Joules());
        Domain("intel-rapl:0", "psys", 1);
        Assert.Null(new MachineEnergy(Folder).Joules());
    }

    [Fact]
    public void A_package_that_does_not_tell_leaves_no_energy_and_nothing_is_lost_when_it_tells_again()
    {
        Domain("intel-rapl:0", "package-0", 1_000_000);
        Domain("intel-rapl:1", "package-1", 1_000_000);
        var energy = new MachineEnergy(Folder);
        Counter("intel-rapl:0", 3_000_000);
        File.WriteAllText(Path.Combine(_root, "intel-rapl:1", "energy_uj"), "");
        Assert.Null(energy.Joules());
        Counter("intel-rapl:1", 2_000_000);
        Assert.Equal(3.0, energy.Joules()!.Value, 9);
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    // Linux has links there.
    private void Domain(string domain, string name, long counter)
    {
        var folder = Path.Combine(_root, domain);
        Directory.CreateDirectory(folder);
        Directory.CreateDirectory(Folder);
        File.WriteAllText(Path.Combine(folder, "name"), name + "\n");
        File.WriteAllText(Path.Combine(folder, "max_energy_range_uj"), Range.ToString(CultureInfo.InvariantCulture) + "\n");
        Counter(domain, counter);
        Directory.CreateSymbolicLink(Path.Combine(Folder, domain), folder);
    }

    private void Counter(string domain, long value) =>
        File.WriteAllText(Path.Combine(_root, domain, "energy_uj"), value.ToString(CultureInfo.InvariantCulture) + "\n");
}
