using System.Text;
using System.Text.Json;
using NeuroTrails.Files;
using NeuroTrails.Running;

namespace NeuroTrails.Silo.Web;

/// <summary>Reads a run's <c>metrics.jsonl</c> as the updates that it was written from, and goes on where it grows.</summary>
internal sealed class MetricsFile(string path, long? totalSteps)
{
    private const int MostAtOnce = 20_000;
    private long _at;
    private long _updates;
    private long _dropped;
    private long _grown;
    private double _secondsPerStep;

    // At most some thousand lines at once; anew where the file was cut short, so that all begins again.
    public (IReadOnlyList<RunUpdate> Updates, bool Anew) Read()
    {
        var updates = new List<RunUpdate>();
        try
        {
            using var stream = RegularFile.OpenRead(path);
            var anew = stream.Length < _at;
            if (anew)
            {
                (_at, _updates, _dropped, _grown) = (0, 0, 0, 0);
            }

            stream.Seek(_at, SeekOrigin.Begin);
            var lines = 0;
            var buffer = new List<byte>(1024);
            for (int next; lines < MostAtOnce && (next = stream.ReadByte()) >= 0; )
            {
                if (next != '\n')
                {
                    buffer.Add((byte)next);
                    continue;
                }

                // Only whole lines: the last may be half written.
                _at += buffer.Count + 1;
                lines++;
                updates.AddRange(Parse(Encoding.UTF8.GetString([.. buffer])));
                buffer.Clear();
            }

            return (updates, anew);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return ([], false);
        }
    }

    private IEnumerable<RunUpdate> Parse(string line)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            var fields = new JsonFields(document.RootElement);
            return fields.Whole("step") is not { } step ? []
                : fields.Text("split") is { } split ? [Measured(step, split, fields)]
                : [.. Stepped(step, fields)];
        }
        catch (JsonException)
        {
            // Somebody has damaged it; the others still count.
            return [];
        }
    }

    private static RunMeasured Measured(long step, string split, JsonFields fields) =>
        new(
            step,
            split,
            fields.Number("accuracy") ?? double.NaN,
            fields.Number("nll") ?? double.NaN,
            fields.Numbers("split_head_accuracy"),
            fields.Number("ece")
        );

    private IEnumerable<RunUpdate> Stepped(long step, JsonFields fields)
    {
        var accuracies = fields.Numbers("head_accuracy");
        if (fields.Whole("dropped") is { } dropped)
        {
            (_updates, _dropped, _grown) = (_updates + 1, _dropped + dropped, _grown + (fields.Whole("grown") ?? 0));
        }

        var seconds = fields.Number("seconds") ?? 0;
        _secondsPerStep = _secondsPerStep == 0 ? seconds : (0.9 * _secondsPerStep) + (0.1 * seconds);
        var layers = fields.Items("masks").Select(Layer).ToList();
        yield return new StepProgress
        {
            Step = step,
            TotalSteps = totalSteps ?? step,
            Epoch = fields.Number("epoch") ?? 0,
            LossPerHead = fields.Numbers("head_loss"),
            Accuracy = accuracies.Count == 0 ? null : accuracies.Average(),
            Density = double.NaN,
            LearningRate = fields.Number("learning_rate") ?? 0,
            StepsPerSecond = _secondsPerStep > 0 ? 1 / _secondsPerStep : 0,
            Remaining = totalSteps is { } total ? TimeSpan.FromSeconds(_secondsPerStep * Math.Max(0, total - step)) : null,
            TopologyUpdates = _updates,
            Dropped = _dropped,
            Grown = _grown,
            Generation = fields.Whole("generation") ?? 0,
        };
        if (layers.Count > 0)
        {
            yield return new TopologyChanged(step, layers, [.. fields.Items("overlap").Select(Overlap)]);
        }
    }

    private static LayerMask Layer(JsonFields fields) =>
        new(
            fields.Text("owner") ?? "?",
            fields.Text("layer") ?? "?",
            fields.Whole("positions") ?? 0,
            fields.Whole("active") ?? 0,
            fields.Whole("dropped") ?? 0,
            fields.Whole("grown") ?? 0,
            fields.Whole("median_age") ?? 0
        );

    private static LayerOverlap Overlap(JsonFields fields) =>
        new(fields.Text("layer") ?? "?", fields.Number("shared") ?? 0, fields.Number("chance") ?? 0);
}
