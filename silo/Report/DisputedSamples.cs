using NeuroTrails.Data;
using NeuroTrails.Metrics;
using NeuroTrails.Running;

namespace NeuroTrails.Silo.Report;

/// <summary>Keeps the samples on which the members disagree most.</summary>
internal sealed class DisputedSamples(DataRecord record, int most)
{
    private readonly PriorityQueue<DisputedSample, (double, int)> _kept = new();

    public void Add(int index, HostBatch batch, int at, int predicted, ReadOnlySpan<double> members_MC, double information)
    {
        // Of equal ones the first counts, whatever the batches.
        var rank = (information, -index);
        if (most == 0 || (_kept.Count == most && _kept.TryPeek(out _, out var least) && rank.CompareTo(least) <= 0))
        {
            return;
        }

        var votes = new MemberVote[members_MC.Length / record.Classes];
        for (var member = 0; member < votes.Length; member++)
        {
            var row_C = members_MC.Slice(member * record.Classes, record.Classes);
            var best = ArgMax.Of(row_C);
            votes[member] = new(best, row_C[best]);
        }

        _kept.Enqueue(new(index, (int)batch.Labels[at], predicted, information, votes, Picture(batch, at)), rank);
        if (_kept.Count > most)
        {
            _kept.Dequeue();
        }
    }

    public IReadOnlyList<DisputedSample> Result() =>
        [.. _kept.UnorderedItems.OrderByDescending(item => item.Priority).Select(item => item.Element)];

    private SamplePicture? Picture(HostBatch batch, int at)
    {
        var shape = batch.Shape;
        if (shape.IsVector || shape.Channels is not (1 or 3))
        {
            return null;
        }

        var values = batch.Pixels.AsSpan(at * shape.Length, shape.Length).ToArray();
        for (var channel = 0; channel < shape.Channels; channel++)
        {
            var (mean, deviation) = record.Normalisation is { } constants
                ? (constants.Mean[channel], constants.Deviation[channel])
                : (0, 1);
            foreach (ref var value in values.AsSpan(channel * shape.Plane, shape.Plane))
            {
                value = (value * deviation) + mean;
            }
        }

        // Images of bytes are 0 to 1 here; others are stretched to what is in the sample.
        var (low, high) = record.Scale == 255 && record.Normalisation is not null ? (0, 1) : (values.Min(), values.Max());
        var rgb = new byte[shape.Plane * 3];
        for (var i = 0; i < rgb.Length; i++)
        {
            var value = values[(i % 3 * (shape.Channels == 3 ? shape.Plane : 0)) + (i / 3)];
            rgb[i] = high > low ? (byte)Math.Round(255 * Math.Clamp((value - low) / (high - low), 0, 1)) : (byte)0;
        }

        return new(shape.Width, shape.Height, rgb);
    }
}
