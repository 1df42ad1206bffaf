namespace Orleans.Configuration;

/// <summary>Accepted for the package's sake: the stand-in needs no settings to keep state in memory.</summary>
public class MemoryGrainStorageOptions
{
    public int NumStorageGrains { get; set; } = 10;

    public int InitStage { get; set; } = 10000;
}
