namespace NeuroTrails.Contracts;

/// <summary>Where an owner lives.</summary>
/// <param name="Owner"><c>backbone</c> or <c>head-0</c>.</param>
/// <param name="Member">Name of the silo.</param>
/// <param name="Silo">Address of the silo; empty in a process of its own, where there is only one.</param>
/// <param name="Device"><c>cpu</c> or <c>cuda:0</c>.</param>
[GenerateSerializer, Immutable, Alias("nt.OwnerLocation")]
public sealed record OwnerLocation(string Owner, string Member, string Silo, string Device);
