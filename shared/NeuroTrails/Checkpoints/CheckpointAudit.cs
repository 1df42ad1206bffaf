using System.Numerics;
using NeuroTrails.Formats;

namespace NeuroTrails.Checkpoints;

/// <summary>What a committed checkpoint holds, after everything has been looked for that could be wrong with its files.</summary>
internal sealed record CheckpointAudit(long Step, IReadOnlyList<string> Owners, long ActiveWeights)
{
    public static CheckpointAudit Of(CheckpointEntry entry)
    {
        var checkpoint = CheckpointVerifier.Verify(entry);
        var active = 0L;
        foreach (var owner in checkpoint.Owners)
        {
            try
            {
                using var shard = checkpoint.Open(owner);
                active += Active(shard, entry, owner);
            }
            catch (Exception fault) when (fault is SafetensorsFormatException or IOException or UnauthorizedAccessException)
            {
                throw new CheckpointDamagedException(entry.Folder, fault.Message, fault);
            }
        }

        return new(checkpoint.Step, [.. checkpoint.Owners], active);
    }

    private static long Active(SafetensorsFile shard, CheckpointEntry entry, string owner)
    {
        var all = 0L;
        foreach (
            var name in shard
                .Tensors.Select(tensor => tensor.Name)
                .Where(name => name.EndsWith(OwnerShard.MaskSuffix, StringComparison.Ordinal))
        )
        {
            var weight = name[..^OwnerShard.MaskSuffix.Length];
            var active = 0L;
            foreach (var bits in shard.Read(name).Data.Span)
            {
                active += BitOperations.PopCount(bits);
            }

            foreach (
                var values in shard.Tensors.Where(tensor =>
                    tensor.Name == weight + OwnerShard.ValuesSuffix
                    || tensor.Name.StartsWith(weight + OwnerShard.MomentInfix, StringComparison.Ordinal)
                )
            )
            {
                if (values.Shape is not [var count] || count != active)
                {
                    throw new CheckpointDamagedException(
                        entry.Folder,
                        $"{owner}: {values.Name} has {string.Join('×', values.Shape)} values where {active} positions of {weight} are "
                            + "active"
                    );
                }
            }

            all += active;
        }

        return all;
    }
}
