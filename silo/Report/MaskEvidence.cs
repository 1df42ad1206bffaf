using System.Numerics;
using NeuroTrails.Checkpoints;
using NeuroTrails.Formats;
using NeuroTrails.Models;
using NeuroTrails.Running;
using NeuroTrails.Training;

namespace NeuroTrails.Silo.Report;

/// <summary>Reads the masks of a checkpoint, without loading its weights.</summary>
internal static class MaskEvidence
{
    private const int MostSide = 64;

    public static (IReadOnlyList<MaskPicture> Pictures, IReadOnlyList<MaskOverlap> Overlaps) Read(RunPlan plan, string checkpoint)
    {
        var pictures = new List<MaskPicture>();
        var heads = new Dictionary<string, List<(byte[] Bitmap, long Active, long Positions)>>(StringComparer.Ordinal);
        foreach (var owner in plan.Owners)
        {
            using var shard = SafetensorsFile.Open(Path.Combine(checkpoint, OwnerShard.FileName(owner)));
            foreach (var spec in plan.Part(owner).Maskable)
            {
                if (OwnerShard.ReadMask(shard, spec) is not { } bitmap)
                {
                    continue;
                }

                var active = MaskBitmap.CountActive(bitmap, spec.Count);
                pictures.Add(Picture(owner, spec, bitmap, active));
                if (!owner.IsBackbone)
                {
                    (heads.TryGetValue(spec.Name, out var masks) ? masks : heads[spec.Name] = []).Add((bitmap, active, spec.Count));
                }
            }
        }

        return (pictures, [.. heads.Where(pair => pair.Value.Count > 1).Select(pair => Overlap(pair.Key, pair.Value))]);
    }

    // What two masks have in common, and what they would have by chance.
    public static (double Jaccard, double Chance) Jaccard(
        (byte[] Bitmap, long Active, long Positions) a,
        (byte[] Bitmap, long Active, long Positions) b
    )
    {
        long both = 0;
        for (var i = 0; i < a.Bitmap.Length; i++)
        {
            both += BitOperations.PopCount((uint)(a.Bitmap[i] & b.Bitmap[i]));
        }

        var either = a.Active + b.Active - both;
        var expected = (double)a.Active * b.Active / a.Positions;
        return either == 0 ? (1, 1) : ((double)both / either, expected / (a.Active + b.Active - expected));
    }

    private static MaskOverlap Overlap(string layer, List<(byte[] Bitmap, long Active, long Positions)> masks)
    {
        var pairs = Enumerable
            .Range(0, masks.Count)
            .SelectMany(i => Enumerable.Range(0, i).Select(j => Jaccard(masks[i], masks[j])))
            .ToList();
        return new(layer, pairs.Average(pair => pair.Jaccard), pairs.Average(pair => pair.Chance));
    }

    private static MaskPicture Picture(OwnerId owner, TensorSpec spec, byte[] bitmap, long active)
    {
        var height = spec.Shape[0];
        var width = spec.Count / height;
        var (rows, columns) = ((int)Math.Min(height, MostSide), (int)Math.Min(width, MostSide));
        var (ones, all) = (new int[rows * columns], new int[rows * columns]);
        for (long row = 0, at = 0; row < height; row++)
        {
            for (long column = 0; column < width; column++, at++)
            {
                var place = (row * rows / height * columns) + (column * columns / width);
                all[place]++;
                ones[place] += (bitmap[at >> 3] >> (int)(at & 7)) & 1;
            }
        }

        return new(owner.ToString(), spec.Name, active, spec.Count, rows, columns, [.. ones.Zip(all, (one, count) => (float)one / count)]);
    }
}
