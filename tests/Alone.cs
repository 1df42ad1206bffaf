namespace NeuroTrails.Tests;

/// <summary>Tests that run by themselves, after all others: they watch the whole process, or start further ones.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
