using Microsoft.Extensions.Hosting;
using NeuroTrails.Telemetry;

namespace NeuroTrails.Silo.Telemetry;

/// <summary>Makes the instruments when the host starts: those that report by themselves are
/// otherwise not there before something else is to be reported.</summary>
/// <param name="telemetry">The instruments.</param>
internal sealed class InstrumentsFromStart(RunTelemetry telemetry) : IHostedService
{
    /// <summary>The instruments.</summary>
    public RunTelemetry Instruments { get; } = telemetry;

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
