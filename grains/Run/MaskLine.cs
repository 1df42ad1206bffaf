using System.Text.Json.Nodes;
using NeuroTrails.Running;

namespace NeuroTrails.Grains;

/// <summary>What <c>metrics.jsonl</c> says of masks, in the line of the step after which the topology changed.</summary>
internal static class MaskLine
{
    public static void Add(JsonObject line, TopologyChanged changed)
    {
        line["masks"] = new JsonArray([
            .. changed.Layers.Select(layer => new JsonObject
            {
                ["owner"] = layer.Owner,
                ["layer"] = layer.Layer,
                ["positions"] = layer.Positions,
                ["active"] = layer.Active,
                ["dropped"] = layer.Dropped,
                ["grown"] = layer.Grown,
                ["median_age"] = layer.MedianAge,
            }),
        ]);
        line["overlap"] = new JsonArray([
            .. changed.Overlaps.Select(overlap => new JsonObject
            {
                ["layer"] = overlap.Layer,
                ["shared"] = overlap.Shared,
                ["chance"] = overlap.Chance,
            }),
        ]);
    }
}
