using NeuroTrails.Formats;
using NeuroTrails.Models;
using static TorchSharp.torch;

namespace NeuroTrails.Checkpoints;

/// <summary>
/// What an owner keeps beside its network, inside its file of a checkpoint: other networks as <c>kept:KEY:TENSOR</c>, of masked weights the
/// active values alone with a bitmap <c>kept:KEY:TENSOR:bitmap</c>, and numbers as <c>number:KEY</c>.
/// </summary>
internal static class KeptShard
{
    private const string Kept = "kept:";
    private const string Number = "number:";
    private const string Bitmap = ":bitmap";

    public static IEnumerable<TensorSource> Sources(OwnerTensors tensors)
    {
        foreach (var (key, network) in tensors.Kept)
        {
            foreach (var (name, value) in network.Values)
            {
                var place = $"{Kept}{key}:{name}";
                if (!network.Masks.TryGetValue(name, out var mask))
                {
                    yield return OwnerShard.Dense(place, value);
                    continue;
                }

                yield return new(
                    place + Bitmap,
                    StoredDType.U8,
                    [MaskBitmap.Bytes(mask.numel())],
                    () => MaskBitmap.Pack(TensorBytes.Copy(mask).Span)
                );
                using var count = mask.sum();
                yield return new(
                    place,
                    StoredTypes.Of(value.dtype),
                    [count.item<long>()],
                    () =>
                    {
                        using var scope = NewDisposeScope();
                        return TensorBytes.Copy(value.masked_select(mask));
                    }
                );
            }
        }

        foreach (var (key, number) in tensors.Remembered)
        {
            yield return new(Number + key, StoredDType.F64, [1], () => BitConverter.GetBytes(number));
        }
    }

    public static void Load(OwnerTensors tensors, SafetensorsFile shard)
    {
        foreach (var kept in tensors.Kept.Values)
        {
            kept.Dispose();
        }

        tensors.Kept.Clear();
        tensors.Remembered.Clear();
        var names = shard.Tensors.Select(info => info.Name).ToList();
        foreach (
            var key in names.Where(name => name.StartsWith(Kept, StringComparison.Ordinal)).Select(name => name.Split(':')[1]).Distinct()
        )
        {
            var masks = new Dictionary<string, Tensor>(StringComparer.Ordinal);
            tensors.Kept.Add(
                key,
                KeptNetwork.Make(tensors, (spec, now) => Read(shard, key, spec, now, masks), name => masks.GetValueOrDefault(name))
            );
        }

        foreach (var name in names.Where(name => name.StartsWith(Number, StringComparison.Ordinal)))
        {
            using var value = OwnerShard.Read(shard, name, [1], ScalarType.Float64);
            tensors.Remembered[name[Number.Length..]] = value.data<double>()[0];
        }
    }

    private static Tensor Read(SafetensorsFile shard, string key, TensorSpec spec, Tensor now, Dictionary<string, Tensor> masks)
    {
        var place = $"{Kept}{key}:{spec.Name}";
        long[] shape = [.. spec.Shape];
        if (!shard.Contains(place + Bitmap))
        {
            return OwnerShard.Read(shard, place, shape, now.dtype).to(now.device);
        }

        var bitmap = shard.Read(place + Bitmap).Data.Span;
        var mask = empty(shape, dtype: ScalarType.Bool);
        MaskBitmap.Unpack(bitmap, mask.bytes);
        var active = MaskBitmap.CountActive(bitmap, spec.Count);
        masks[spec.Name] = mask.to(now.device);
        return zeros(shape, dtype: now.dtype).masked_scatter_(mask, OwnerShard.Read(shard, place, [active], now.dtype)).to(now.device);
    }
}
