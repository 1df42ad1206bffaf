using System.Numerics;
using System.Runtime.InteropServices;
using NeuroTrails.Checkpoints;
using NeuroTrails.Formats;
using NeuroTrails.Models;

namespace NeuroTrails.Export;

/// <summary>The values of one tensor as bytes, and what is asked of them before they become weights.</summary>
internal abstract class WeightValues
{
    // Position of the first value that is NaN or an infinity; null where all are finite.
    public abstract long? NotFinite { get; }

    public static WeightValues Of(ReadOnlyMemory<byte> bytes, StoredDType type) =>
        type == StoredDType.F64 ? new Typed<double>(bytes, type) : new Typed<float>(bytes, type);

    // A mask of one byte a position: 1 where the value is not zero.
    public abstract byte[] NonZero();

    // Position of the first value other than zero where a mask is 0; null where there is none.
    public abstract long? Outside(ReadOnlySpan<byte> mask);

    // The tensor as checkpoints store it: mask and active values.
    public abstract IReadOnlyList<TensorSource> Masked(TensorSpec spec, byte[] mask);

    private sealed class Typed<T>(ReadOnlyMemory<byte> bytes, StoredDType type) : WeightValues
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public override long? NotFinite => First(Values, value => !T.IsFinite(value));

        private ReadOnlySpan<T> Values => MemoryMarshal.Cast<byte, T>(bytes.Span);

        public override byte[] NonZero()
        {
            var values = Values;
            var mask = new byte[values.Length];
            for (var i = 0; i < mask.Length; i++)
            {
                mask[i] = values[i] == T.Zero ? (byte)0 : (byte)1;
            }

            return mask;
        }

        public override long? Outside(ReadOnlySpan<byte> mask)
        {
            var values = Values;
            for (var i = 0; i < mask.Length; i++)
            {
                if (mask[i] == 0 && values[i] != T.Zero)
                {
                    return i;
                }
            }

            return null;
        }

        public override IReadOnlyList<TensorSource> Masked(TensorSpec spec, byte[] mask)
        {
            var values = Values;
            var active = new List<T>();
            for (var i = 0; i < mask.Length; i++)
            {
                if (mask[i] == 1)
                {
                    active.Add(values[i]);
                }
            }

            var (bitmap, kept) = (MaskBitmap.Pack(mask), MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(active)).ToArray());
            return
            [
                new(spec.Name + OwnerShard.MaskSuffix, StoredDType.U8, [bitmap.Length], () => bitmap),
                new(spec.Name + OwnerShard.ValuesSuffix, type, [active.Count], () => kept),
            ];
        }

        private static long? First(ReadOnlySpan<T> values, Predicate<T> wanted)
        {
            for (var i = 0; i < values.Length; i++)
            {
                if (wanted(values[i]))
                {
                    return i;
                }
            }

            return null;
        }
    }
}
