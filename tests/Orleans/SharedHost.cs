using NeuroTrails.Tests.Orleans;

[assembly: AssemblyFixture(typeof(SharedHost))]

namespace NeuroTrails.Tests.Orleans;

/// <summary>One host for all tests that need no settings of their own; started by the first that asks.</summary>
public sealed class SharedHost : IAsyncDisposable
{
    private readonly Lazy<Task<GrainHost>> _host = new(() => GrainHost.StartAsync());

    public Task<GrainHost> StartedAsync() => _host.Value;

    public async ValueTask DisposeAsync()
    {
        if (_host.IsValueCreated)
        {
            await (await _host.Value).DisposeAsync();
        }
    }
}
