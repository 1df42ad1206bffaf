using System.Diagnostics.CodeAnalysis;
using Orleans.Core;
using Orleans.Runtime;
using Orleans.Storage;

namespace Orleans;

/// <summary>A grain with one piece of persistent state, read before <see cref="Grain.OnActivateAsync"/>.</summary>
/// <typeparam name="TGrainState">The state.</typeparam>
public class Grain<TGrainState> : Grain
{
    [AllowNull]
    private readonly IStorage<TGrainState> _storage;

    protected Grain() => _storage = GrainStateStorage.Open<TGrainState>(Activation.Of(GrainContext), GetType());

    protected Grain(IStorage<TGrainState> storage) => _storage = storage;

    protected TGrainState State
    {
        get => _storage.State;
        set => _storage.State = value;
    }

    protected virtual Task ClearStateAsync() => _storage.ClearStateAsync();

    protected virtual Task WriteStateAsync() => _storage.WriteStateAsync();

    protected virtual Task ReadStateAsync() => _storage.ReadStateAsync();
}
