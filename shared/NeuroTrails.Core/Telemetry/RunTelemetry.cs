using System.Diagnostics.Metrics;

namespace NeuroTrails.Telemetry;

/// <summary>The instruments of a run: one object per process, which everything that trains reports to.</summary>
/// <remarks>
/// Nothing is kept here and nobody is called: who wants the figures listens to the meter <see cref="TelemetryNames.Source"/> (console,
/// OTLP, progress display). Without a listener a report costs a test of a flag.
/// </remarks>
public sealed class RunTelemetry : IDisposable
{
    private readonly Meter _meter;
    private readonly bool _ownsMeter;
    private readonly Histogram<double> _stepDuration;
    private readonly Histogram<double> _checkpointDuration;
    private readonly Gauge<double> _loss;
    private readonly Gauge<double> _accuracy;
    private readonly Gauge<double> _figure;
    private readonly Gauge<double> _density;
    private readonly Counter<long> _dropped;
    private readonly Counter<long> _grown;
    private readonly Counter<long> _updates;
    private readonly Counter<long> _recoveries;
    private readonly Counter<long> _samples;

    /// <summary>Creates the instruments.</summary>
    /// <param name="meters">Makes and owns the meter; without it the meter is this object's own.</param>
    /// <param name="liveTensors">Counts the tensors alive in this process; without it
    /// <see cref="TelemetryNames.LiveTensors"/> is not offered.</param>
    /// <param name="sentBytes">Counts the bytes of tensors that other processes have fetched; without it
    /// <see cref="TelemetryNames.TensorsSent"/> is not offered.</param>
    public RunTelemetry(IMeterFactory? meters = null, Func<long>? liveTensors = null, Func<long>? sentBytes = null)
    {
        var options = new MeterOptions(TelemetryNames.Source) { Version = TelemetryNames.Version };
        _meter = meters?.Create(options) ?? new Meter(options);
        _ownsMeter = meters is null;
        _stepDuration = _meter.CreateHistogram(
            TelemetryNames.StepDuration,
            "s",
            "One training step, all owners.",
            advice: DurationBuckets.Of(0.0005, 60)
        );
        _checkpointDuration = _meter.CreateHistogram(
            TelemetryNames.CheckpointDuration,
            "s",
            "Writing and committing one checkpoint.",
            advice: DurationBuckets.Of(0.005, 600)
        );
        _loss = _meter.CreateGauge<double>(TelemetryNames.Loss, "nat", "Newest training loss of a head.");
        _accuracy = _meter.CreateGauge<double>(TelemetryNames.Accuracy, "1", "Newest accuracy.");
        _figure = _meter.CreateGauge<double>(TelemetryNames.Figure, "1", "Newest figure of the ensemble, of any metric.");
        _density = _meter.CreateGauge<double>(TelemetryNames.Density, "1", "Active over masked weights.");
        _dropped = _meter.CreateCounter<long>(TelemetryNames.Dropped, "{weight}", "Weights dropped.");
        _grown = _meter.CreateCounter<long>(TelemetryNames.Grown, "{weight}", "Weights grown.");
        _updates = _meter.CreateCounter<long>(TelemetryNames.TopologyUpdates, "{update}", "Topology updates of the whole network.");
        _recoveries = _meter.CreateCounter<long>(
            TelemetryNames.Recoveries,
            "{recovery}",
            "Times a run went back to its last checkpoint by itself."
        );
        _samples = _meter.CreateCounter<long>(TelemetryNames.Samples, "{sample}", "Samples trained on.");
        _meter.CreateObservableGauge(
            TelemetryNames.ResidentMemory,
            static () => Environment.WorkingSet,
            "By",
            "Resident memory of this process."
        );
        if (liveTensors is not null)
        {
            _meter.CreateObservableGauge(TelemetryNames.LiveTensors, liveTensors, "{tensor}", "Tensors alive in this process.");
        }

        if (sentBytes is not null)
        {
            _meter.CreateObservableCounter(
                TelemetryNames.TensorsSent,
                sentBytes,
                "By",
                "Bytes of tensors that other silos have fetched from this one."
            );
        }
    }

    /// <summary>Reports a finished training step.</summary>
    /// <param name="duration">Wall clock of the step.</param>
    /// <param name="samples">Samples in its batch.</param>
    public void StepDone(TimeSpan duration, long samples)
    {
        _stepDuration.Record(duration.TotalSeconds);
        _samples.Add(samples);
    }

    /// <summary>Reports a head's training loss.</summary>
    /// <param name="head">Index of the head, from 0.</param>
    /// <param name="loss">Mean over the batch, in nats.</param>
    public void HeadLoss(int head, double loss)
    {
        if (_loss.Enabled)
        {
            _loss.Record(loss, new KeyValuePair<string, object?>(TelemetryNames.HeadTag, head));
        }
    }

    /// <summary>Reports a figure of the ensemble.</summary>
    /// <param name="split"><c>train</c>, <c>validation</c> or <c>test</c>.</param>
    /// <param name="metric">The metric's name.</param>
    /// <param name="value">The figure, in the metric's unit.</param>
    public void Figure(string split, string metric, double value) =>
        _figure.Record(
            value,
            new KeyValuePair<string, object?>(TelemetryNames.SplitTag, split),
            new KeyValuePair<string, object?>(TelemetryNames.MetricTag, metric)
        );

    /// <summary>Reports an accuracy.</summary>
    /// <param name="split"><c>train</c>, <c>validation</c> or <c>test</c>.</param>
    /// <param name="accuracy">0 to 1.</param>
    /// <param name="head">Index of the head, from 0; without it the accuracy is the ensemble's.</param>
    public void Accuracy(string split, double accuracy, int? head = null)
    {
        if (!_accuracy.Enabled)
        {
            return;
        }

        var tag = new KeyValuePair<string, object?>(TelemetryNames.SplitTag, split);
        if (head is { } index)
        {
            _accuracy.Record(accuracy, tag, new KeyValuePair<string, object?>(TelemetryNames.HeadTag, index));
        }
        else
        {
            _accuracy.Record(accuracy, tag);
        }
    }

    /// <summary>Reports how dense an owner is.</summary>
    /// <param name="owner"><c>backbone</c> or <c>head-0</c>, <c>head-1</c>, ….</param>
    /// <param name="density">Active over masked weights, 0 to 1.</param>
    public void Density(string owner, double density)
    {
        if (_density.Enabled)
        {
            _density.Record(density, Owner(owner));
        }
    }

    /// <summary>Reports what one owner changed in a topology update.</summary>
    /// <param name="owner"><c>backbone</c> or <c>head-0</c>, <c>head-1</c>, ….</param>
    /// <param name="dropped">Weights dropped.</param>
    /// <param name="grown">Weights grown.</param>
    public void TopologyChanged(string owner, long dropped, long grown)
    {
        _dropped.Add(dropped, Owner(owner));
        _grown.Add(grown, Owner(owner));
    }

    /// <summary>Reports that a topology update of the whole network is done.</summary>
    public void TopologyUpdated() => _updates.Add(1);

    /// <summary>Reports a committed checkpoint.</summary>
    /// <param name="duration">Wall clock of writing and committing.</param>
    public void CheckpointDone(TimeSpan duration) => _checkpointDuration.Record(duration.TotalSeconds);

    /// <summary>Reports that the run went back to its last checkpoint by itself.</summary>
    public void Recovered() => _recoveries.Add(1);

    /// <inheritdoc/>
    public void Dispose()
    {
        // A factory's meters are shared by name, and the factory's to end.
        if (_ownsMeter)
        {
            _meter.Dispose();
        }
    }

    private static KeyValuePair<string, object?> Owner(string owner) => new(TelemetryNames.OwnerTag, owner);
}
