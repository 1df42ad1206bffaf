using Orleans.Concurrency;

namespace NeuroTrails.Contracts;

/// <summary>Knows the silos and the runs under way, and sees to it that each such run has a living coordinator. Key:
/// <see cref="GrainKeys.Cluster"/>.</summary>
[Alias("nt.IClusterGrain")]
internal interface IClusterGrain : IGrainWithStringKey
{
    // Silos have come, gone, or are about to go: the coordinators of the runs under way are brought to life where they are not, and look
    // where their owners live.
    [Alias("Changed"), AlwaysInterleave, ResponseTimeout("00:00:10")]
    Task Changed();

    [ForClients, Alias("Overview"), AlwaysInterleave, ResponseTimeout("00:00:05")]
    Task<ClusterOverview> Overview();

    // A run has begun; from now on its coordinator is kept alive.
    [Alias("Enlist")]
    Task Enlist(string runId);

    [Alias("Retire")]
    Task Retire(string runId);
}
