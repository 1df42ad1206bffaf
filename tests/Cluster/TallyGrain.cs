using NeuroTrails.Grains;

namespace NeuroTrails.Tests.Cluster;

/// <summary>Counts in the default storage and in the one with a name.</summary>
[Alias("test.postgres.tally")]
public interface ITallyGrain : IGrainWithStringKey
{
    [Alias("add")]
    Task<string> AddAsync();
}

public sealed class TallyGrain(
    [PersistentState("default")] IPersistentState<TallyGrain.Count> first,
    [PersistentState("named", GrainStorage.Name)] IPersistentState<TallyGrain.Count> second) : Grain, ITallyGrain
{
    public async Task<string> AddAsync()
    {
        first.State.Value++;
        second.State.Value++;
        await first.WriteStateAsync();
        await second.WriteStateAsync();
        return $"{first.State.Value} {second.State.Value}";
    }

    [GenerateSerializer, Alias("test.postgres.count")]
    public sealed class Count
    {
        [Id(0)]
        public int Value { get; set; }
    }
}
