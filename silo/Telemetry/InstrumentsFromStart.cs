using Microsoft.Extensions.Hosting;
using NeuroTrails.Telemetry;

namespace NeuroTrails.Silo.Telemetry;

/// <summary>Makes the instruments when the host starts: those that report by themselves are
/// otherwise not there before something else is to be reported.</summary>
internal sealed class InstrumentsFromStart(RunTelemetry telemetry) : IHostedService
{
    public RunTelemetry Instruments { get; } = telemetry;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
