namespace NeuroTrails.Contracts;

/// <summary>Who is in a cluster, and what it works on.</summary>
/// <param name="Members">Silos that have been heard of lately, by name.</param>
/// <param name="Runs">Runs that are under way.</param>
[GenerateSerializer, Immutable, Alias("nt.ClusterOverview")]
public sealed record ClusterOverview(SiloMember[] Members, string[] Runs);

/// <summary>What a silo says of itself.</summary>
/// <param name="Name">Its name, such as <c>a</c>.</param>
/// <param name="Silo">Its address in the cluster, as Orleans writes it.</param>
/// <param name="Devices">Where it can keep owners: <c>cpu</c>, <c>cuda:0</c>.</param>
/// <param name="Cores">CPU cores.</param>
/// <param name="FreeMemoryMib">Memory that is free, in MiB.</param>
/// <param name="Owners">Owners that live on it, as <c>RUN/head-0@cpu</c>.</param>
/// <param name="Draining">Whether it is about to leave and takes no more owners.</param>
/// <param name="DeviceFreeMib">For each of its devices the memory that is free there, in MiB; null for a device that lives on the silo's
/// memory, or whose own is not known.</param>
/// <param name="SentBytes">Bytes of tensors that other silos have fetched from it since it started; null where it does not say.</param>
/// <param name="ResidentMib">Memory that its process takes, in MiB; null where it does not say.</param>
/// <param name="RedisSilentSeconds">How long ago it has last heard of the cluster's Redis server,
/// in seconds; null where there is none.</param>
[GenerateSerializer, Immutable, Alias("nt.SiloMember")]
public sealed record SiloMember(
    string Name,
    string Silo,
    string[] Devices,
    int Cores,
    long FreeMemoryMib,
    string[] Owners,
    bool Draining,
    long?[]? DeviceFreeMib = null,
    long? SentBytes = null,
    long? ResidentMib = null,
    double? RedisSilentSeconds = null
);
