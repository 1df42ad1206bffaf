using Microsoft.Extensions.Logging;
using NeuroTrails.Checkpoints;
using NeuroTrails.Configuration;
using NeuroTrails.Contracts;
using NeuroTrails.Telemetry;

namespace NeuroTrails.Grains;

/// <summary>Runs a run. Starting returns at once; the run goes on as a task on this grain's scheduler, so that polling and stopping interleave with it.</summary>
/// <param name="services">What the silo offers to owners.</param>
/// <param name="telemetry">Instruments.</param>
/// <param name="runtime">What the run computes with.</param>
/// <param name="time">Clock.</param>
/// <param name="logs">Logs.</param>
[KeepAlive]
[System.Diagnostics.CodeAnalysis.SuppressMessage("Design", "CA1001", Justification = "Freed on deactivation.")]
public sealed class CoordinatorGrain(OwnerServices services, RunTelemetry telemetry, RuntimeLine runtime, TimeProvider time, ILoggerFactory logs) : Grain, ICoordinatorGrain
{
    private readonly UpdateLog _updates = new();
    private readonly CancellationTokenSource _stop = new();
    private RunLoop? _loop;
    private Task? _running;

    /// <inheritdoc/>
    public Task Start(RunDefinition run)
    {
        ArgumentNullException.ThrowIfNull(run);
        if (_running is null)
        {
            _loop = CreateLoop(run);
            _running = _loop.RunAsync(_stop.Token);
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<RunSnapshot> Poll(long after) =>
        Task.FromResult(_updates.Snapshot(after, _loop?.Phase ?? RunPhase.Idle, _loop?.Step ?? 0, _loop?.Failure, _loop?.Summary));

    /// <inheritdoc/>
    public Task Stop()
    {
        // Not awaited: the run ends at the next step boundary, and Poll tells when.
        _stop.Cancel();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async Task<long> Open(RunDefinition run)
    {
        ArgumentNullException.ThrowIfNull(run);
        _loop = CreateLoop(run);
        return await _loop.OpenAsync();
    }

    /// <inheritdoc/>
    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        await _stop.CancelAsync();
        if (_running is not null)
        {
            await _running.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        }

        _stop.Dispose();
        await base.OnDeactivateAsync(reason, cancellationToken);
    }

    private RunLoop CreateLoop(RunDefinition run)
    {
        var options = RunOptionsReader.Parse(run.Options);
        var plan = services.Plan(options, run.Data);
        var book = new RunBook(run, plan, _updates, time, logs.CreateLogger<CheckpointStore>(), telemetry, runtime.Text);
        return new(run, plan, new(GrainFactory, run, plan), book, _updates, time, logs.CreateLogger<CoordinatorGrain>());
    }
}
