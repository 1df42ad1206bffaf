using System.Diagnostics;
using NeuroTrails.Contracts;
using NeuroTrails.Running;
using NeuroTrails.Tests.Checkpoints;

namespace NeuroTrails.Tests.Cluster;

/// <summary>State files that somebody emptied, cut or overwrote: whoever asks is told at once which file it is and what to do.</summary>
[Collection(nameof(Alone))]
public sealed class DamagedStateTests
{
    private static readonly CancellationToken Stop = TestContext.Current.CancellationToken;

    // Emptied, cut, of no version, of a version below zero, noise behind a good beginning.
    private static readonly byte[][] _damages =
    [
        [],
        [1, 0, 0],
        new byte[100],
        [.. Enumerable.Repeat((byte)255, 100)],
        [1, 0, 0, 0, 0, 0, 0, 0, 1, .. Enumerable.Range(0, 300).Select(number => (byte)(number * 37))],
    ];

    [Fact]
    public async Task Whatever_is_damaged_status_says_so_at_once()
    {
        using var folder = new TemporaryFolder();
        await using var cluster = new TestCluster(folder.File("runs"));
        await cluster.StartAsync("a");
        foreach (var (number, damage) in _damages.Index())
        {
            var file = Write(folder, cluster, $"coordinator/r{number}.run", damage);
            foreach (
                var ask in new Func<Task>[]
                {
                    () => TestCluster.Engine.StatusAsync(cluster.Address, $"r{number}", Stop),
                    () => TestCluster.Engine.StopAsync(cluster.Address, $"r{number}", Stop),
                    () =>
                        TestCluster.Engine.TrainAsync(
                            cluster.Address,
                            new($"r{number}", "", true, [], true),
                            new Progress<RunUpdate>(),
                            Stop
                        ),
                }
            )
            {
                var started = Stopwatch.GetTimestamp();
                var error = await Assert.ThrowsAnyAsync<UserErrorException>(ask);
                Assert.StartsWith($"The cluster's state in '{file}' is damaged: ", error.Message, StringComparison.Ordinal);
                Assert.EndsWith(
                    "remove that file, start them again, and go on with each run from its last checkpoint: train --cluster … --resume RUN.",
                    error.Message,
                    StringComparison.Ordinal
                );
                Assert.InRange(Stopwatch.GetElapsedTime(started).TotalSeconds, 0, 10);
            }
        }

        // The others are well.
        Assert.Empty((await TestCluster.Engine.OverviewAsync(cluster.Address, Stop)).Runs);
    }

    [Fact]
    public async Task The_list_of_runs_may_be_damaged_too()
    {
        using var folder = new TemporaryFolder();
        await using var cluster = new TestCluster(folder.File("runs"));
        var file = Write(folder, cluster, $"cluster/{GrainKeys.Cluster}.cluster", []);
        await Assert.ThrowsAnyAsync<UserErrorException>(() => cluster.StartAsync("a"));
        var error = await Assert.ThrowsAnyAsync<UserErrorException>(() => TestCluster.Engine.OverviewAsync(cluster.Gateway, Stop));
        Assert.StartsWith($"The cluster's state in '{file}' is damaged: it has 0 bytes", error.Message, StringComparison.Ordinal);
    }

    private static string Write(TemporaryFolder folder, TestCluster cluster, string name, byte[] bytes)
    {
        var file = folder.File($"runs/.cluster/{cluster.ClusterId}/{Uri.EscapeDataString(name)}");
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllBytes(file, bytes);
        return file;
    }
}
