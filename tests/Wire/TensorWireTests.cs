using System.Buffers;
using NeuroTrails.Contracts.Wire;
using static TorchSharp.torch;

namespace NeuroTrails.Tests.Wire;

public sealed class TensorWireTests
{
    public static TheoryData<ScalarType> Types =>
        [ScalarType.Byte, ScalarType.Int64, ScalarType.Float32, ScalarType.Float64, ScalarType.BFloat16, ScalarType.Bool];

    [Theory]
    [MemberData(nameof(Types))]
    public void Values_and_strides_arrive_as_they_were(ScalarType type)
    {
        var random = new Random(3);
        for (var i = 0; i < 500; i++)
        {
            using var scope = NewDisposeScope();
            var rank = random.Next(5);
            long[] shape = [.. Enumerable.Range(0, rank).Select(_ => (long)random.Next(1, 6))];
            long[] order = [.. Enumerable.Range(0, rank).Select(dimension => (long)dimension).OrderBy(_ => random.Next())];
            var count = shape.Aggregate(1L, (product, extent) => product * extent);
            var sent = arange(count, dtype: ScalarType.Float32).sub(count / 2).to_type(type).reshape(shape).permute(order);
            var received = TensorWire.Read(Cut(Bytes(sent), random));
            Assert.Equal(sent.shape, received.shape);
            Assert.Equal(type, received.dtype);
            Assert.Equal(sent.contiguous().bytes.ToArray(), received.contiguous().bytes.ToArray());
            Assert.Equal(sent.stride(), received.stride());
        }
    }

    [Fact]
    public void Damaged_messages_are_refused_or_still_tensors_but_never_worse()
    {
        using var scope = NewDisposeScope();
        var valid = Bytes(arange(24, dtype: ScalarType.Float32).reshape(2, 3, 4).permute(0, 2, 1));
        var random = new Random(5);
        var refused = 0;
        for (var i = 0; i < 20_000; i++)
        {
            var bytes = (byte[])valid.Clone();
            for (var change = random.Next(1, 4); change > 0; change--)
            {
                bytes[random.Next(Math.Min(bytes.Length, 36))] = (byte)random.Next(256);
            }

            if (random.Next(3) == 0)
            {
                bytes = bytes[..random.Next(bytes.Length)];
            }

            try
            {
                using var tensor = TensorWire.Read(new(bytes));
                Assert.True(tensor.NumberOfElements * tensor.ElementSize <= valid.Length);
            }
            catch (TensorFormatException)
            {
                refused++;
            }
        }

        Assert.InRange(refused, 10_000, 20_000);
    }

    [Fact]
    public void The_size_is_known_before_anything_is_sent()
    {
        using var tensor = zeros(5, 7, dtype: ScalarType.Float64);
        Assert.Equal(Bytes(tensor).Length, TensorWire.Measure(tensor));
    }

    private static byte[] Bytes(Tensor tensor)
    {
        var writer = new ArrayBufferWriter<byte>();
        TensorWire.Write(tensor, writer);
        return writer.WrittenSpan.ToArray();
    }

    // Messages arrive in pieces.
    private static ReadOnlySequence<byte> Cut(byte[] bytes, Random random)
    {
        var at = random.Next(bytes.Length);
        var first = new Piece(bytes.AsMemory(0, at));
        var last = first.Append(bytes.AsMemory(at));
        return new(first, 0, last, last.Memory.Length);
    }

    private sealed class Piece : ReadOnlySequenceSegment<byte>
    {
        public Piece(ReadOnlyMemory<byte> memory) => Memory = memory;

        public Piece Append(ReadOnlyMemory<byte> memory)
        {
            var next = new Piece(memory) { RunningIndex = RunningIndex + Memory.Length };
            Next = next;
            return next;
        }
    }
}
