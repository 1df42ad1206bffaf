namespace NeuroTrails.Contracts;

/// <summary>Who is in a cluster, and what it works on.</summary>
/// <param name="Members">Silos that have been heard of lately, by name.</param>
/// <param name="Runs">Runs that are under way.</param>
[GenerateSerializer, Immutable, Alias("nt.ClusterOverview")]
public sealed record ClusterOverview(SiloMember[] Members, string[] Runs);
