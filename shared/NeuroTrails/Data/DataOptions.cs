namespace NeuroTrails.Data;

/// <summary>What is learnt from.</summary>
public sealed record DataOptions
{
    /// <summary>Name in the catalogue. Default <c>glyphs</c>, which is generated and needs no download.</summary>
    public string Name { get; init; } = "glyphs";
}
