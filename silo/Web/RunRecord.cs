using NeuroTrails.Contracts;
using NeuroTrails.Running;

namespace NeuroTrails.Silo.Web;

/// <summary>All that a page shows of a run, in bounded memory: updates go in, news for those who have seen the rest come out.</summary>
internal sealed class RunRecord(TimeProvider time)
{
    private const int MostEvents = 200;
    private const int MostMeasurements = 600;
    private const int MostChurns = 400;
    private readonly StepSeries _series = new();
    private readonly Thinned<WebMeasurement> _measured = new(MostMeasurements);
    private readonly Thinned<WebChurn> _churns = new(MostChurns);
    private readonly Queue<WebEvent> _events = new();
    private WebStarted? _started;
    private WebNow? _now;
    private WebMasks? _masks;
    private WebPhase? _phase;
    private IReadOnlyList<OwnerLocation> _layout = [];

    // Whether what comes in happens now, and not before anybody looked.
    public bool IsLive { get; set; }

    public IReadOnlyList<WebFrame> Everything() =>
        [
            .. new WebFrame?[]
            {
                _started,
                _phase,
                new WebLayout(_layout),
                new WebSteps(_series.Width, [.. _series.Points]),
                new WebMeasured([.. _measured.Items]),
                new WebChurns([.. _churns.Items]),
                _masks,
                new WebEvents([.. _events]),
                _now,
            }.OfType<WebFrame>(),
        ];

    public IReadOnlyList<WebFrame> Apply(FeedBatch batch)
    {
        var news = new List<WebFrame>();
        var points = new List<double?[]>();
        foreach (var update in batch.Updates)
        {
            Apply(update, news, points);
        }

        if (points.Count > 0)
        {
            news.Add(new WebSteps(_series.Width, points));
        }

        if (batch.Updates.OfType<StepProgress>().Any() && _now is not null)
        {
            news.Add(_now);
        }

        if (batch.Layout is { Count: > 0 } layout && !layout.SequenceEqual(_layout))
        {
            Moved(layout, news);
            _layout = layout;
            news.Add(new WebLayout(layout));
        }

        var phase = new WebPhase(batch.Phase.ToString().ToLowerInvariant(), batch.Waiting, batch.Failure, batch.Summary);
        if (phase != _phase)
        {
            news.Add(_phase = phase);
        }

        return news;
    }

    public WebEvents Happened(string kind, string text)
    {
        var happened = new WebEvent(IsLive ? time.GetUtcNow() : null, kind, text, _now?.Step ?? 0);
        _events.Enqueue(happened);
        while (_events.Count > MostEvents)
        {
            _events.Dequeue();
        }

        return new([happened]);
    }

    private void Apply(RunUpdate update, List<WebFrame> news, List<double?[]> points)
    {
        switch (update)
        {
            case RunStarted started:
                _started = new(
                    started.Model,
                    started.DataSet,
                    started.Heads,
                    started.Device,
                    Finite(started.Density),
                    started.ActiveWeights,
                    started.Weights,
                    started.Member
                );
                news.Add(_started);
                break;
            case StepProgress step when _now is null || step.Step > _now.Step || step.Generation > _now.Generation:
                Stepped(step, news, points);
                break;
            case RunMeasured measured when !_measured.Items.Any(known => known.Step == measured.Step && known.Split == measured.Split):
                var item = new WebMeasurement(
                    measured.Step,
                    measured.Split,
                    Finite(measured.Accuracy),
                    Finite(measured.NegativeLogLikelihood),
                    Finite(measured.CalibrationError),
                    [.. measured.HeadAccuracy.Select(value => Finite(value))]
                );
                _measured.Add(item);
                news.Add(new WebMeasured([item]));
                break;
            case TopologyChanged topology when _masks is null || topology.Step > _masks.Step:
                _masks = new(topology.Step, topology.Layers, topology.Overlaps);
                var churn = Churn(topology);
                _churns.Add(churn);
                news.Add(_masks);
                news.Add(new WebChurns([churn]));
                break;
            case CheckpointCommitted checkpoint:
                news.Add(Happened("checkpoint", $"checkpoint of step {checkpoint.Step:N0} written"));
                break;
            case RunNotice notice:
                news.Add(Happened(notice.Warning ? "warning" : "notice", notice.Message));
                break;
        }
    }

    private void Stepped(StepProgress step, List<WebFrame> news, List<double?[]> points)
    {
        if (_now is { } before && step.Generation > before.Generation)
        {
            if (step.Step <= before.Step)
            {
                points.Clear();
                Rewind(step.Step - 1, news);
            }

            news.Add(Happened("generation", $"generation {step.Generation} goes on from step {step.Step - 1:N0}"));
        }

        double?[] losses = [.. step.LossPerHead.Select(value => Finite(value))];
        if (_series.Add([step.Step, Finite(step.Accuracy), Finite(step.LearningRate), Finite(step.StepsPerSecond), .. losses]) is { } point)
        {
            points.Add(point);
        }

        _now = new(
            step.Step,
            step.TotalSteps,
            Finite(step.Epoch),
            Finite(step.StepsPerSecond),
            Finite(step.Remaining?.TotalSeconds),
            Finite(step.Density) ?? _now?.Density,
            Finite(step.LearningRate),
            step.TopologyUpdates,
            step.Dropped,
            step.Grown,
            step.Generation,
            losses,
            Finite(step.Accuracy)
        );
    }

    private void Rewind(long step, List<WebFrame> news)
    {
        _series.DropAfter(step);
        _measured.RemoveAll(item => item.Step > step);
        _churns.RemoveAll(item => item.Step > step);
        if (_masks?.Step > step)
        {
            _masks = _masks with { Step = step };
        }

        news.RemoveAll(frame => frame is WebMeasured or WebChurns or WebSteps);
        news.Add(new WebRewound(step));
    }

    private void Moved(IReadOnlyList<OwnerLocation> layout, List<WebFrame> news)
    {
        var before = _layout.ToDictionary(place => place.Owner, StringComparer.Ordinal);
        foreach (
            var place in layout.Where(place =>
                before.TryGetValue(place.Owner, out var old) && (old.Silo, old.Device) != (place.Silo, place.Device)
            )
        )
        {
            news.Add(
                Happened(
                    "moved",
                    $"{place.Owner} moved from {before[place.Owner].Member}/{before[place.Owner].Device} to {place.Member}/{place.Device}"
                )
            );
        }
    }

    private static WebChurn Churn(TopologyChanged topology) =>
        new(
            topology.Step,
            topology
                .Layers.GroupBy(layer => layer.Owner, StringComparer.Ordinal)
                .ToDictionary(owner => owner.Key, owner => owner.Sum(layer => layer.Grown)),
            topology.Overlaps.Count == 0 ? null : topology.Overlaps.Average(overlap => overlap.Shared),
            topology.Overlaps.Count == 0 ? null : topology.Overlaps.Average(overlap => overlap.Chance)
        );

    // JSON has no infinities.
    private static double? Finite(double? value) => value is { } number && double.IsFinite(number) ? number : null;
}
