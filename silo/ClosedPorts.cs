using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.DependencyInjection;

namespace NeuroTrails.Silo;

/// <summary>Lets the silo of a process of its own listen nowhere: it has nobody to talk to, and
/// whoever could connect could make it write files.</summary>
internal static class ClosedPorts
{
    // Replaces whatever Orleans would listen by. Its messages to itself need no connection.
    public static void CloseAllPorts(this IServiceCollection services)
    {
        foreach (
            var listener in services
                .Where(service => service.ServiceType == typeof(IConnectionListenerFactory) && service.IsKeyedService)
                .ToList()
        )
        {
            services.AddKeyedSingleton<IConnectionListenerFactory, NoListeners>(listener.ServiceKey);
        }
    }

    private sealed class NoListeners : IConnectionListenerFactory
    {
        public ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default) =>
            new(new NoListener(endpoint));
    }

    private sealed class NoListener(EndPoint endpoint) : IConnectionListener
    {
        private readonly TaskCompletionSource<ConnectionContext?> _never = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public EndPoint EndPoint { get; } = endpoint;

        public ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default) =>
            new(_never.Task.WaitAsync(cancellationToken));

        public ValueTask UnbindAsync(CancellationToken cancellationToken = default)
        {
            _never.TrySetResult(null);
            return default;
        }

        public ValueTask DisposeAsync() => UnbindAsync();
    }
}
