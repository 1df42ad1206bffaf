using NeuroTrails.Contracts;
using NeuroTrails.Running;
using NeuroTrails.Topology;

namespace NeuroTrails.Grains;

/// <summary>What those who watch are told of masks: ages and overlaps, from the samples that
/// owners send along. Nothing of it enters the run.</summary>
internal sealed class MaskWatch
{
    private readonly Dictionary<(string Owner, string Layer), long[]> _born = [];

    public TopologyChanged See(long step, IReadOnlyList<TopologyReply> owners) =>
        new(
            step,
            [
                .. from owner in owners
                from layer in owner.Layers ?? []
                select new LayerMask(
                    owner.Owner,
                    layer.Layer,
                    layer.Positions,
                    layer.Active,
                    layer.Dropped,
                    layer.Grown,
                    MedianAge(owner.Owner, layer, step)
                ),
            ],
            [.. Overlaps([.. owners.Where(owner => owner.Owner != "backbone")])]
        );

    // A run that has gone back knows nothing of the births after that step.
    public void Forget(long step)
    {
        foreach (var born in _born.Values)
        {
            for (var at = 0; at < born.Length; at++)
            {
                born[at] = Math.Min(born[at], step);
            }
        }
    }

    private long MedianAge(string owner, LayerTopology layer, long step)
    {
        const long absent = -1;
        var key = (owner, layer.Layer);
        if (!_born.TryGetValue(key, out var born) || born.Length != layer.Sample.Length * 8)
        {
            _born[key] = born = new long[layer.Sample.Length * 8];
            Array.Fill(born, absent);
        }

        var ages = new List<long>();
        for (var at = 0; at < born.Length; at++)
        {
            var active = (layer.Sample[at / 8] >> (at % 8) & 1) == 1;
            born[at] =
                !active ? absent
                : born[at] == absent ? step
                : born[at];
            if (active)
            {
                ages.Add(step - born[at]);
            }
        }

        ages.Sort();
        return ages.Count == 0 ? 0 : ages[ages.Count / 2];
    }

    private static IEnumerable<LayerOverlap> Overlaps(IReadOnlyList<TopologyReply> heads) =>
        from layer in heads.SelectMany(head => head.Layers ?? []).GroupBy(layer => layer.Layer, StringComparer.Ordinal)
        let masks = layer.ToList()
        where masks.Count > 1
        let pairs = from first in masks.Index()
        from second in masks.Take(first.Index)
        let active = MaskSample.Count(first.Item.Sample, first.Item.Sample) + MaskSample.Count(second.Sample, second.Sample)
        where active > 0
        select 2.0 * MaskSample.Count(first.Item.Sample, second.Sample) / active
        where pairs.Any()
        select new LayerOverlap(layer.Key, pairs.Average(), masks.Average(mask => (double)mask.Active / mask.Positions));
}
