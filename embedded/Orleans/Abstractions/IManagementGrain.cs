namespace Orleans.Runtime;

/// <summary>Looks after the activations; the part of it that makes sense with one silo.</summary>
public interface IManagementGrain : IGrainWithIntegerKey
{
    Task<int> GetTotalActivationCount();

    Task<int> GetGrainActivationCount(GrainReference grainReference);

    Task ForceActivationCollection(TimeSpan ageLimit);

    ValueTask<List<GrainId>> GetActiveGrains(GrainType type);
}
