using Orleans.Runtime;

namespace Orleans.Storage;

/// <summary>One piece of a grain's state, read when the grain is activated.</summary>
/// <typeparam name="T">The state.</typeparam>
internal sealed class StoredState<T>(Activation activation, IGrainStorage storage, string stateName)
    : IPersistentState<T>, ILifecycleObserver
{
    private readonly GrainState<T> _state = new(Fresh());
    private bool _loaded;

    public T State
    {
        get => _state.State!;
        set => _state.State = value;
    }

    public string? Etag => _state.ETag;

    public bool RecordExists
        => _loaded ? _state.RecordExists : throw new InvalidOperationException("State has not yet been loaded");

    public async Task ReadStateAsync()
    {
        await storage.ReadStateAsync(stateName, activation.GrainId, _state);
        _state.State ??= Fresh();
        _loaded = true;
    }

    public Task WriteStateAsync() => storage.WriteStateAsync(stateName, activation.GrainId, _state);

    public async Task ClearStateAsync()
    {
        await storage.ClearStateAsync(stateName, activation.GrainId, _state);
        _state.State ??= Fresh();
    }

    public Task OnStart(CancellationToken cancellationToken = default)
        => cancellationToken.IsCancellationRequested ? Task.CompletedTask : ReadStateAsync();

    public Task OnStop(CancellationToken cancellationToken = default) => Task.CompletedTask;

    private static T Fresh() => typeof(T).IsValueType ? default! : StateActivator.Create<T>();
}
