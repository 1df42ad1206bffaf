using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace NeuroTrails.Silo.Telemetry;

/// <summary>
/// Collects and sends figures and spans once more after all else has stopped, while what they are read from is still there. A collector
/// that takes nothing delays the end by no more than two seconds: what has not left by then stays behind.
/// </summary>
internal sealed class LastFigures(IServiceProvider services, TimeProvider time) : IHostedLifecycleService
{
    private const int PatienceMs = 1000;
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(PatienceMs);
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(400);

    public async Task StoppedAsync(CancellationToken cancellationToken)
    {
        var (figures, spans, clients) = (
            services.GetService<MeterProvider>(),
            services.GetService<TracerProvider>(),
            services.GetRequiredService<OtlpClients>()
        );
        var sending = Task.WhenAll(
            Task.Run(() => figures?.ForceFlush(PatienceMs), CancellationToken.None),
            Task.Run(() => spans?.ForceFlush(PatienceMs), CancellationToken.None)
        );

        // Not by the SDK's own time-out: an export that is under way does not heed it.
        await ((Task)sending).WaitAsync(Patience, time, CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!sending.IsCompletedSuccessfully || sending.Result.Contains(false))
        {
            clients.Cut();
            return;
        }

        // The providers say good-bye when they are disposed of, which nobody can give a time.
        _ = Task.Delay(Rest, time, CancellationToken.None).ContinueWith(_ => clients.Cut(), TaskScheduler.Default);
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
