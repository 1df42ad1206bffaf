using System.Globalization;
using System.Security.Cryptography;

namespace NeuroTrails.Checkpoints;

/// <summary>Who asks for the right to write a run.</summary>
internal sealed record RunClaim
{
    private RunClaim(string holder, string key, bool takesTurns) => (Holder, Key, TakesTurns) = (holder, key, takesTurns);

    public string Holder { get; }

    // Equal for writers that take turns.
    public string Key { get; }

    // Whether others with the same key may take over from it at any time: something else sees to it that only one of them writes.
    public bool TakesTurns { get; }

    public static RunClaim OfProcess(TimeProvider time) => new(Here(string.Empty, time), NewKey(), takesTurns: false);

    public static RunClaim OfCluster(string cluster, string key, TimeProvider time) =>
        new(Here($"cluster {cluster}, now coordinated by ", time), key, takesTurns: true);

    public static string NewKey() => RandomNumberGenerator.GetHexString(32, lowercase: true);

    private static string Here(string prefix, TimeProvider time) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{prefix}process {Environment.ProcessId} on {Environment.MachineName}, since {time.GetUtcNow():yyyy-MM-dd HH:mm:ss} UTC"
        );
}
