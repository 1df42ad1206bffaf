namespace Orleans.Configuration;

/// <summary>Grain classes and interfaces beside those found in the loaded assemblies.</summary>
public class GrainTypeOptions
{
    public HashSet<Type> Classes { get; } = [];

    public HashSet<Type> Interfaces { get; } = [];
}
