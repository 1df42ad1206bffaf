namespace NeuroTrails.Contracts;

/// <summary>Whether all that an owner holds is finite.</summary>
/// <param name="Owner">Name of the owner.</param>
/// <param name="NonFinite">Name of a tensor that is not; null where all are.</param>
/// <param name="IsStatistic">Whether that tensor is a running statistic, and weights and moments are finite.</param>
[GenerateSerializer, Immutable, Alias("nt.OwnerCheck")]
public sealed record OwnerCheck(string Owner, string? NonFinite, bool IsStatistic);
