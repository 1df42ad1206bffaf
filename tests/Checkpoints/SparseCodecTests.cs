using System.Runtime.InteropServices;
using NeuroTrails.Checkpoints;

namespace NeuroTrails.Tests.Checkpoints;

public sealed class SparseCodecTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(8)]
    public void Packing_is_what_a_plain_loop_does_and_comes_back_bit_for_bit(int elementSize)
    {
        var random = new Random(elementSize);
        for (var run = 0; run < 3000; run++)
        {
            var count = random.Next(70);
            var density = random.NextDouble();
            var mask = new byte[count];
            var dense = new byte[count * elementSize];
            var expected = new List<byte>();
            for (var i = 0; i < count; i++)
            {
                if (random.NextDouble() < density)
                {
                    mask[i] = 1;
                    var element = dense.AsSpan(i * elementSize, elementSize);
                    random.NextBytes(element);
                    expected.AddRange(element);
                }
            }

            var bitmap = MaskBitmap.Pack(mask);
            Assert.Equal((count + 7) / 8, bitmap.Length);
            Assert.Equal(mask.Sum(b => b), MaskBitmap.CountActive(bitmap, count));
            var unpackedMask = new byte[count];
            MaskBitmap.Unpack(bitmap, unpackedMask);
            Assert.Equal(mask, unpackedMask);

            var values = SparseCodec.Pack(dense, bitmap, elementSize);
            Assert.Equal(expected, values);
            var back = new byte[dense.Length];
            Array.Fill<byte>(back, 0xAA);
            SparseCodec.Unpack(values, bitmap, elementSize, back);
            Assert.Equal(dense, back);
        }
    }

    [Fact]
    public void Bits_are_counted_from_the_lowest()
    {
        Assert.Equal([0b0000_0101, 0b0000_0010], MaskBitmap.Pack([1, 0, 1, 0, 0, 0, 0, 0, 0, 1]));
    }

    [Fact]
    public void Negative_zero_and_the_payload_of_a_nan_survive()
    {
        float[] weights = [-0f, 0f, BitConverter.UInt32BitsToSingle(0x7fc0_1234), BitConverter.UInt32BitsToSingle(0xffa0_0001), float.Epsilon];
        var dense = MemoryMarshal.AsBytes<float>(weights).ToArray();
        var bitmap = MaskBitmap.Pack([1, 0, 1, 1, 1]);
        var back = new byte[dense.Length];
        SparseCodec.Unpack(SparseCodec.Pack(dense, bitmap, 4), bitmap, 4, back);
        Assert.Equal(dense, back);
    }

    [Theory]
    [InlineData(-0f)]
    [InlineData(1f)]
    [InlineData(float.NaN)]
    public void An_inactive_element_that_would_be_lost_is_refused(float weight)
    {
        var dense = MemoryMarshal.AsBytes<float>([5f, weight]).ToArray();
        var fault = Assert.Throws<SparseEncodingException>(() => SparseCodec.Pack(dense, [0b01], 4));
        Assert.Contains("position 1", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Sizes_that_do_not_fit_are_refused()
    {
        Assert.Throws<SparseEncodingException>(() => MaskBitmap.Pack([2]));
        Assert.Throws<SparseEncodingException>(() => MaskBitmap.CountActive([1, 0], 8));
        Assert.Throws<SparseEncodingException>(() => MaskBitmap.CountActive([0b1000], 3));
        Assert.Throws<SparseEncodingException>(() => SparseCodec.Pack(new byte[6], [1], 4));
        Assert.Throws<SparseEncodingException>(() => SparseCodec.Pack(new byte[6], [1], 3));
        Assert.Throws<SparseEncodingException>(() => SparseCodec.Unpack(new byte[8], [1], 4, new byte[8]));
    }
}
