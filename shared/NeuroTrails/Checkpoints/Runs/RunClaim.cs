using System.Globalization;
using System.Security.Cryptography;

namespace NeuroTrails.Checkpoints;

/// <summary>Who asks for the right to write a run.</summary>
public sealed record RunClaim
{
    private RunClaim(string holder, string key, bool takesTurns) => (Holder, Key, TakesTurns) = (holder, key, takesTurns);

    /// <summary>The writer, for people.</summary>
    public string Holder { get; }

    /// <summary>Equal for writers that take turns.</summary>
    public string Key { get; }

    /// <summary>Whether others with the same key may take over from it at any time: something else
    /// sees to it that only one of them writes.</summary>
    public bool TakesTurns { get; }

    /// <summary>A process that writes alone.</summary>
    /// <param name="time">Clock.</param>
    public static RunClaim OfProcess(TimeProvider time) => new(Here(string.Empty, time), NewKey(), takesTurns: false);

    /// <summary>A coordinator of a cluster's run.</summary>
    /// <param name="cluster">The cluster.</param>
    /// <param name="key">What all coordinators of the run know.</param>
    /// <param name="time">Clock.</param>
    public static RunClaim OfCluster(string cluster, string key, TimeProvider time) =>
        new(Here($"cluster {cluster}, now coordinated by ", time), key, takesTurns: true);

    /// <summary>A key that nobody else has.</summary>
    public static string NewKey() => RandomNumberGenerator.GetHexString(32, lowercase: true);

    private static string Here(string prefix, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(time);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{prefix}process {Environment.ProcessId} on {Environment.MachineName}, since {time.GetUtcNow():yyyy-MM-dd HH:mm:ss} UTC"
        );
    }
}
