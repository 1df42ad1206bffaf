using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using NeuroTrails.Checkpoints;
using NeuroTrails.Contracts;
using Orleans.Configuration;

namespace NeuroTrails.Grains;

/// <summary>The right to write runs, as a silo's coordinators have it: what a host holds for them, or else, in a cluster, what they take for themselves.</summary>
/// <param name="cluster">Which cluster.</param>
/// <param name="root">Where runs may be written.</param>
/// <param name="time">Clock.</param>
public sealed class RunLeases(IOptions<ClusterOptions> cluster, RunsRoot root, TimeProvider time)
{
    private readonly ConcurrentDictionary<string, RunLock> _given = new(StringComparer.Ordinal);

    /// <summary>A host holds the right to write a run itself, and gives it back itself.</summary>
    /// <param name="held">The right.</param>
    public void Lend(RunLock held)
    {
        ArgumentNullException.ThrowIfNull(held);
        _given[held.Folder.Path] = held;
        root.Open(Path.GetDirectoryName(held.Folder.Path) ?? held.Folder.Path);
    }

    /// <summary>The right that was lent; null where none was.</summary>
    /// <param name="folder">The run.</param>
    internal RunLock? Lent(RunFolder folder) => _given.GetValueOrDefault(folder.Path);

    /// <summary>Takes the right for the coordinator of a cluster's run.</summary>
    /// <param name="folder">The run.</param>
    /// <param name="key">What all coordinators of the run know.</param>
    /// <exception cref="UserErrorException">Another writes the run.</exception>
    /// <exception cref="PathRefusedException">It lies where this silo's runs do not.</exception>
    internal RunLock Take(RunFolder folder, string key)
    {
        root.CheckWriting(folder.Path);
        return RunLock.Acquire(folder, RunClaim.OfCluster(cluster.Value.ClusterId, key, time), time);
    }

    /// <summary>Refuses to write a run that lies elsewhere than this silo's.</summary>
    /// <param name="folder">The run.</param>
    /// <exception cref="PathRefusedException">It does.</exception>
    internal void Check(RunFolder folder) => root.CheckWriting(folder.Path);
}
