using Orleans.Concurrency;

namespace Orleans.Runtime;

/// <inheritdoc cref="IManagementGrain"/>
[StatelessWorker]
internal sealed class ManagementGrain(Silo silo) : Grain, IManagementGrain
{
    public Task<int> GetTotalActivationCount() => Task.FromResult(silo.Catalog.Activations.Count());

    public Task<int> GetGrainActivationCount(GrainReference grainReference)
        => Task.FromResult(silo.Catalog.Activations.Count(a => a.GrainId == grainReference.GrainId));

    public Task ForceActivationCollection(TimeSpan ageLimit) => Task.WhenAll(silo.Catalog.Collect(ageLimit));

    public ValueTask<List<GrainId>> GetActiveGrains(GrainType type)
        => ValueTask.FromResult(silo.Catalog.Activations.Where(a => a.GrainId.Type == type).Select(a => a.GrainId).ToList());
}
